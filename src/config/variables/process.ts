import { z } from 'zod';

import { group, told } from './group.ts';
import { wholeNumber } from './kinds.ts';

export interface ProcessConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly isProduction: boolean;
  /** When it is told to end: not ready, and still serving, for so long. */
  readonly drainDelayMs: number;
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
    DRAIN_DELAY_MS: wholeNumber(0, 600_000).optional().register(told, {
      meaning:
        'milliseconds from SIGTERM on in which it is not ready and still serves: what a load balancer needs to notice',
      otherwise: '`0` in development, `5000` in production',
    }),
  },
  config: (env, isProduction): ProcessConfig => ({
    host: env.HOST,
    port: env.PORT,
    isProduction,
    drainDelayMs: env.DRAIN_DELAY_MS ?? (isProduction ? 5_000 : 0),
  }),
});
