import {
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  retry,
  SamplingBreaker,
  wrap,
} from 'cockatiel';

import type { Answer } from './exchange.ts';
import { inTurn } from './in-turn.ts';
import { NoAnswer } from './no-answer.ts';
import { retryDelayMs, shouldRetry, type Attempt } from './retry-decision.ts';

/** What a policy has to know of a request. */
export interface Nature {
  /** Whether sending it twice does no more than sending it once. Not implied by the method: Incode has a GET that writes. */
  readonly repeatable: boolean;
  /** Whether it changes something: then it is not cancelled once it was sent. */
  readonly writes: boolean;
}

/** Decides when a provider is asked, and how often: one for each provider. */
export interface Policy {
  /**
   * Makes the attempts of one request; answers the last. The signal names the operation that they are made for, and ends it.
   * @throws {NoAnswer} of the last attempt; or CIRCUIT_OPEN or CANCELLED, where no further one was made
   */
  run<A extends Answer>(request: Nature, attempt: () => Promise<A>, signal: AbortSignal): Promise<A>;
}

interface PolicyOptions {
  /** Where the other side says how long to wait. */
  readonly retryAfterSeconds: (answer: Answer) => number | null;
}

/** Of one operation at the same time: one query must not take all connections from the others. */
const READS_AT_ONCE = 8;
const MAX_RETRIES = 2;
const HALF_OPEN_AFTER_MS = 5_000;

/**
 * All that stands between a request and its attempts. From outside in: a read's turn, and its end with its operation; retries;
 * the circuit breaker, which counts attempts.
 */
export function providerPolicy({ retryAfterSeconds }: PolicyOptions): Policy {
  const attemptOf = (answer: Answer): Attempt => ({ answer, retryAfterSeconds: retryAfterSeconds(answer) });
  const breaker = breakerOf();
  const repeated = wrap(retryOf(attemptOf, true), breaker);
  const once = wrap(retryOf(attemptOf, false), breaker);
  const reading = inTurn(READS_AT_ONCE);

  return {
    async run({ repeatable, writes }, attempt, signal) {
      const attempts = () => (repeatable ? repeated : once).execute(attempt, signal);
      try {
        return await (writes ? attempts() : endedBy(signal, reading(signal, attempts)));
      } catch (error) {
        throw asNoAnswer(error);
      }
    },
  };
}

/** Opens when half of the attempts of 10 s failed, and there were at least 2 a second. */
function breakerOf() {
  return circuitBreaker(
    handleWhen((error) => error instanceof NoAnswer && error.reason !== 'CANCELLED').orWhenResult(
      (answer) => (answer as Answer).status >= 500,
    ),
    {
      halfOpenAfter: HALF_OPEN_AFTER_MS,
      breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 }),
    },
  );
}

function retryOf(attemptOf: (answer: Answer) => Attempt, repeatable: boolean) {
  const again = handleWhen((error) => shouldRetry({ error }, repeatable)).orWhenResult((answer) =>
    shouldRetry(attemptOf(answer as Answer), repeatable),
  );
  const delayOf = (result: { value: unknown } | { error: unknown }, attempt: number) =>
    retryDelayMs('value' in result ? attemptOf(result.value as Answer) : result, attempt, Math.random());
  return retry(again, {
    maxAttempts: MAX_RETRIES,
    backoff: new DelegateBackoff(({ attempt, result }) => delayOf(result, attempt)),
  });
}

/** cockatiel's words in ours. Of an attempt that it did not let happen, nothing was sent. */
function asNoAnswer(error: unknown): unknown {
  if (isBrokenCircuitError(error)) return new NoAnswer('CIRCUIT_OPEN', { sent: false });
  if (isTaskCancelledError(error)) return new NoAnswer('CANCELLED', { sent: false });
  return error;
}

/** The wait before a retry, and that for the trial of a half-open circuit, do not look at the signal by themselves. */
async function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(new NoAnswer('CANCELLED', { sent: false }));
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel);
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
