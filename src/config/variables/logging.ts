import { z } from 'zod';

import { group, told } from './group.ts';

export interface LoggingConfig {
  readonly logLevel: string;
}

export const loggingGroup = group({
  about: 'what is logged',
  variables: {
    LOG_LEVEL: z
      .enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
        'must be trace, debug, info, warn, error, fatal or silent',
      )
      .default('info')
      .register(told, { meaning: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`' }),
  },
  config: ({ LOG_LEVEL: logLevel }): LoggingConfig => ({ logLevel }),
});
