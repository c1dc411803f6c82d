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
import { Pool } from 'undici';

import { exchange, type Answer } from './exchange.ts';
import { inTurn } from './in-turn.ts';
import { NoAnswer } from './no-answer.ts';
import type { Path } from './path.ts';
import { retryAfterSeconds as fromHeader } from './retry-after.ts';
import { retryDelayMs, shouldRetry, type Attempt } from './retry-decision.ts';

/** One request to a provider, in the provider's own terms. */
export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly to: Path;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether sending it twice does no more than sending it once. Not implied by the method: Incode has a GET that writes. */
  readonly repeatable: boolean;
  /** Whether it changes something: then it is not cancelled once it was sent. */
  readonly writes: boolean;
}

/** One attempt, for logs and metrics: nothing in it is secret or personal. */
export interface AttemptReport {
  readonly route: string;
  readonly durationMs: number;
  /** The status, or why there is none. */
  readonly result: number | NoAnswer['reason'];
}

export interface HttpClientOptions {
  /** An absolute URL; its path is put before every request's. */
  readonly baseUrl: string;
  /** For one attempt, from the wait for a connection to the last byte of the answer. */
  readonly timeoutMs: number;
  /** At the same time; further requests wait for one. */
  readonly connections?: number;
  /** Where the other side says how long to wait: the `Retry-After` header unless it has a way of its own. */
  readonly retryAfterSeconds?: (answer: Answer) => number | null;
  readonly onAttempt?: (report: AttemptReport) => void;
}

/** The answer to the last attempt. */
export interface FinalAnswer extends Answer {
  /** Whether an earlier attempt was maybe carried out: it got no answer, or a 5xx. */
  readonly isAfterUnanswered: boolean;
}

export interface HttpClient {
  /**
   * Answers of every status are returned. The signal names the operation that it is sent for, and ends it; of one
   * operation at most 8 reads are under way at a time. @throws {NoAnswer}
   */
  send(request: ProviderRequest, signal: AbortSignal): Promise<FinalAnswer>;
  /** Lets go of all connections, also of those in use. */
  close(): Promise<void>;
}

/** Of one operation at the same time: one query must not take all connections from the others. */
const READS_AT_ONCE = 8;
const MAX_RETRIES = 2;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;
const HALF_OPEN_AFTER_MS = 5_000;

/** A client of one provider: its connections, time-outs, retries and circuit breaker. */
export function httpClient({
  baseUrl,
  timeoutMs,
  connections = 128,
  retryAfterSeconds = fromHeader,
  onAttempt,
}: HttpClientOptions): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  // Over HTTP/2 undici sends by itself again what a server that retires a connection says it did not process, writes included.
  const pool = new Pool(origin, { connections, allowH2: false, connect: { timeout: timeoutMs } });

  const attemptOf = (answer: Answer): Attempt => ({ answer, retryAfterSeconds: retryAfterSeconds(answer) });
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof NoAnswer && error.reason !== 'CANCELLED').orWhenResult(
      (answer) => (answer as Answer).status >= 500,
    ),
    {
      halfOpenAfter: HALF_OPEN_AFTER_MS,
      // Opens when half of the attempts of 10 s failed, and there were at least 2 a second.
      breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 }),
    },
  );
  const retrying = (repeatable: boolean) =>
    wrap(
      retry(
        handleWhen((error) => shouldRetry({ error }, repeatable)).orWhenResult((answer) =>
          shouldRetry(attemptOf(answer as Answer), repeatable),
        ),
        {
          maxAttempts: MAX_RETRIES,
          backoff: new DelegateBackoff(({ attempt, result }) =>
            retryDelayMs(
              'value' in result ? attemptOf(result.value as Answer) : { error: result.error },
              attempt,
              Math.random(),
            ),
          ),
        },
      ),
      breaker,
    );
  const reading = inTurn(READS_AT_ONCE);
  const policies = { repeatable: retrying(true), once: retrying(false) };

  return {
    async send({ method, to, query, headers, body, repeatable, writes }, signal) {
      const outgoing = {
        method,
        path: prefix + to.path + (query ? `?${new URLSearchParams(query).toString()}` : ''),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      };
      const options = { timeoutMs, maxBytes: MAX_ANSWER_BYTES, signal, cancelSent: !writes };
      // Of a write that is repeated, an earlier attempt may have been carried out, whatever becomes of the last.
      let sent = false;
      try {
        const attempt = async () => {
          const start = performance.now();
          const report = (result: AttemptReport['result']) =>
            onAttempt?.({
              route: `${method} ${prefix}${to.route}`,
              durationMs: performance.now() - start,
              result,
            });
          try {
            const answer = { ...(await exchange(pool, outgoing, options)), isAfterUnanswered: sent };
            sent ||= answer.status >= 500; // which says nothing about what was carried out
            report(answer.status);
            return answer;
          } catch (error) {
            if (error instanceof NoAnswer) {
              sent ||= error.sent;
              report(error.reason);
            }
            throw error;
          }
        };
        const sending = () => policies[repeatable ? 'repeatable' : 'once'].execute(attempt, signal);
        return await (writes ? sending() : endedBy(signal, reading(signal, sending)));
      } catch (error) {
        if (isBrokenCircuitError(error)) throw new NoAnswer('CIRCUIT_OPEN', { sent });
        if (isTaskCancelledError(error)) throw new NoAnswer('CANCELLED', { sent });
        if (error instanceof NoAnswer && sent && !error.sent) {
          throw new NoAnswer(error.reason, { sent, cause: error.cause });
        }
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
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
