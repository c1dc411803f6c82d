import { z } from 'zod';

import { group, told } from './group.ts';
import { wholeNumber } from './kinds.ts';

export interface ProcessConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly isProduction: boolean;
}

export const processGroup = group({
  about: 'the process, and where it listens',
  variables: {
    HOST: z.string().default('127.0.0.1').register(told, { meaning: 'the address that it listens at' }),
    PORT: wholeNumber(0, 65_535).default(4001).register(told, { meaning: 'the port that it listens at' }),
    NODE_ENV: z
      .enum(['development', 'production', 'test'], 'must be development or production')
      .default('development')
      .register(told, {
        meaning:
          '`production` turns the playground and introspection off, and makes every missing secret an error',
      }),
  },
  config: ({ HOST: host, PORT: port }, isProduction): ProcessConfig => ({ host, port, isProduction }),
});
