import { group, told } from './group.ts';
import { wholeNumber } from './kinds.ts';

export interface LimitsConfig {
  /** Of one operation, in the units of the schema's `@cost`. */
  readonly maxCost: number;
  readonly operationTimeoutMs: number;
}

const milliseconds = wholeNumber(1, 600_000);

export const limitsGroup = group({
  about: 'how much, and for how long',
  variables: {
    MAX_COST: wholeNumber(1, 1_000_000)
      .default(1_000)
      .register(told, { meaning: "what one operation may cost, in the units of the schema's `@cost`" }),
    OPERATION_TIMEOUT_MS: milliseconds
      .default(25_000)
      .register(told, { meaning: 'milliseconds that one operation of a caller may take' }),
  },
  config: (env): LimitsConfig => ({
    maxCost: env.MAX_COST,
    operationTimeoutMs: env.OPERATION_TIMEOUT_MS,
  }),
});
