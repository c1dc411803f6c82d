import { group, told } from './group.ts';
import { wholeNumber } from './kinds.ts';

export interface LimitsConfig {
  /** Of one operation, in the units of the schema's `@cost`. */
  readonly maxCost: number;
  readonly operationTimeoutMs: number;
  /** When new operations are refused; 0: never. */
  readonly maxInFlight: number;
  readonly maxEventLoopDelayMs: number;
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
    MAX_IN_FLIGHT: wholeNumber(0, 1_000_000).default(1_000).register(told, {
      meaning:
        'operations at the same time; more are answered 503 with `Retry-After` at once; `0`: any number',
    }),
    MAX_EVENT_LOOP_DELAY_MS: wholeNumber(0, 600_000).default(1_000).register(told, {
      meaning:
        'milliseconds by which the event loop may be late, on average over a second; while it is later, new operations are answered 503; `0`: whatever it is',
    }),
  },
  config: (env): LimitsConfig => ({
    maxCost: env.MAX_COST,
    operationTimeoutMs: env.OPERATION_TIMEOUT_MS,
    maxInFlight: env.MAX_IN_FLIGHT,
    maxEventLoopDelayMs: env.MAX_EVENT_LOOP_DELAY_MS,
  }),
});
