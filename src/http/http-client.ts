import { setTimeout as delay } from 'node:timers/promises';

import { connectionsTo, type ProxySettings } from './connections.ts';
import { exchange, type Answer, type Outgoing } from './exchange.ts';
import { inTurn } from './in-turn.ts';
import { NoAnswer } from './no-answer.ts';
import type { HttpObserver } from './observer.ts';
import type { Path } from './path.ts';
import { Health, type Condition } from './policies/health.ts';
import { DEFAULT_POLICY, type Policy } from './policies/policy.ts';
import { Rate } from './policies/rate.ts';
import { RetryBudget } from './policies/retry-budget.ts';
import { Slots } from './policies/slots.ts';
import { verdictOn } from './policies/verdict.ts';
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
  /** The object that it is about, where it is about one: an object that always fails says nothing of its route. */
  readonly subject?: string | undefined;
}

/** The operation that a request is made for. */
export interface Requester {
  /** Ends the request: a read at once, a write only while nothing of it was sent. */
  readonly signal: AbortSignal;
  /** When the operation's time is up, on the clock of `performance.now()`. */
  readonly deadlineAt?: number | undefined;
}

export interface HttpClientOptions {
  /** An absolute URL; its path is put before every request's. */
  readonly baseUrl: string;
  /** Where it differs from the default. */
  readonly policy?: Partial<Policy>;
  readonly proxy?: ProxySettings | null;
  /** Where the other side says how long to wait: the `Retry-After` header unless it has a way of its own. */
  readonly retryAfterSeconds?: (answer: Answer) => number | null;
  readonly observer?: HttpObserver;
}

/** The answer to the last attempt. */
export interface FinalAnswer extends Answer {
  /** Whether an earlier attempt was maybe carried out: it got no answer, or a 5xx. */
  readonly isAfterUnanswered: boolean;
}

/** How much is going on with a provider at this moment. */
export interface Load {
  readonly inFlight: number;
  readonly queued: number;
}

export interface HttpClient {
  /**
   * Answers of every status are returned. Of one operation, known by its signal, at most 8 reads are under way at a time.
   * @throws {NoAnswer}
   */
  send(request: ProviderRequest, requester: Requester): Promise<FinalAnswer>;
  condition(): Condition;
  load(): Load;
  /** Lets go of all connections, also of those in use. */
  close(): Promise<void>;
}

/** Of one operation at the same time: one query must not take all connections from the others. */
const READS_AT_ONCE = 8;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** What one request needs on its way through its attempts. */
interface Sending {
  readonly request: ProviderRequest;
  readonly requester: Requester;
  readonly outgoing: Outgoing;
  readonly route: string;
  attempts: number;
  /** Of a write that is repeated, an earlier attempt may have been carried out, whatever becomes of the last. */
  sent: boolean;
}

/** A client of one provider. What it does with a request, from the outside in: health, turn, retry, slot, exchange. */
export function httpClient({
  baseUrl,
  policy: special = {},
  proxy = null,
  retryAfterSeconds = fromHeader,
  observer = {},
}: HttpClientOptions): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const policy: Policy = { ...DEFAULT_POLICY, ...special };
  const { attemptTimeoutMs, concurrency, maxAttempts, retryWithinMs } = policy;
  const connections = connectionsTo(origin, {
    count: concurrency.count,
    connectTimeoutMs: attemptTimeoutMs,
    proxy,
  });
  const health = new Health(policy, observer);
  const budget = new RetryBudget({
    ...policy.retryBudget,
    ...(observer.budgetSpent && { onSpent: observer.budgetSpent }),
  });
  const slots = new Slots(concurrency);
  const rate = new Rate({ perSecond: policy.maxPerSecond });
  const inItsTurn = inTurn(READS_AT_ONCE);

  /** Asks for as long as the circuits let it, and tells them how it ended. */
  async function called(sending: Sending): Promise<FinalAnswer> {
    const start = performance.now();
    const report = (result: number | NoAnswer['reason']) =>
      observer.call?.({
        route: sending.route,
        durationMs: performance.now() - start,
        attempts: sending.attempts,
        result,
      });
    let passage: ReturnType<Health['enter']> | undefined;
    try {
      passage = health.enter(sending.route);
      budget.count();
      const answer = await attempted(sending);
      passage.end(verdictOn({ answer }), sending.request.subject);
      report(answer.status);
      return answer;
    } catch (error) {
      passage?.end(verdictOn({ error, signal: sending.requester.signal }), sending.request.subject);
      if (error instanceof NoAnswer) report(error.reason);
      throw error;
    }
  }

  /** Tries until there is an answer, or no use in another attempt. */
  async function attempted(sending: Sending): Promise<FinalAnswer> {
    for (;;) {
      const attempt = await tried(sending);
      const waitMs = waitAfter(attempt, sending);
      if (waitMs === null) return outcomeOf(attempt, sending);
      observer.retry?.(sending.route);
      await pause(waitMs, sending);
    }
  }

  /** The wait before another attempt; null where there is to be none. */
  function waitAfter(attempt: TriedAttempt, { attempts, request, requester }: Sending): number | null {
    if (attempts >= maxAttempts || !shouldRetry(attempt, request.repeatable)) return null;
    const delayMs = retryDelayMs(attempt, attempts, retryWithinMs, Math.random());
    const waitMs = Math.max(delayMs, health.throttledForMs);
    const isInTime = performance.now() + waitMs < (requester.deadlineAt ?? Infinity);
    return isInTime && budget.take() ? waitMs : null;
  }

  async function tried(sending: Sending): Promise<TriedAttempt> {
    const start = performance.now();
    const report = (result: number | NoAnswer['reason']) =>
      observer.attempt?.({ route: sending.route, durationMs: performance.now() - start, result });
    try {
      const answer = await sentOnce(sending);
      const attempt = {
        answer: { ...answer, isAfterUnanswered: sending.sent },
        retryAfterSeconds: retryAfterSeconds(answer),
      };
      if (answer.status === 429) health.throttle(attempt.retryAfterSeconds);
      sending.sent ||= answer.status >= 500; // which says nothing about what was carried out
      report(answer.status);
      return attempt;
    } catch (error) {
      if (error instanceof NoAnswer) {
        sending.sent ||= error.sent;
        report(error.reason);
      }
      return { error };
    }
  }

  /** One request on the wire, when there is a slot for it. */
  async function sentOnce(sending: Sending): Promise<Answer> {
    const { request, requester, outgoing } = sending;
    const { signal } = requester;
    const waitMs = rate.take();
    if (waitMs > 0) throw new NoAnswer('THROTTLED', { sent: false, retryAfterMs: waitMs });
    if (!(await slots.take(signal)))
      throw new NoAnswer(signal.aborted ? 'CANCELLED' : 'BUSY', { sent: false });
    sending.attempts++;
    try {
      return await exchange(request.repeatable ? connections.lasting : connections.fresh, outgoing, {
        timeoutMs: attemptTimeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
        signal,
        cancelSent: !request.writes,
      });
    } finally {
      slots.release();
    }
  }

  return {
    send(request, requester) {
      const { method, to, query, headers, body } = request;
      const outgoing: Outgoing = {
        origin,
        method,
        path: prefix + to.path + (query ? `?${new URLSearchParams(query).toString()}` : ''),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      };
      const route = `${method} ${prefix}${to.route}`;
      const sending: Sending = { request, requester, outgoing, route, attempts: 0, sent: false };
      return request.writes ? called(sending) : inItsTurn(requester.signal, () => called(sending));
    },
    condition: () => health.condition(),
    load: () => ({ inFlight: slots.taken, queued: slots.waiting }),
    close: () => connections.close(),
  };
}

type TriedAttempt =
  | { readonly answer: FinalAnswer; readonly retryAfterSeconds: number | null }
  | Extract<Attempt, { readonly error: unknown }>;

function outcomeOf(attempt: TriedAttempt, { sent }: Sending): FinalAnswer {
  if ('answer' in attempt) return attempt.answer;
  const { error } = attempt;
  if (error instanceof NoAnswer && sent && !error.sent) {
    throw new NoAnswer(error.reason, { sent, cause: error.cause });
  }
  throw error;
}

async function pause(waitMs: number, { requester: { signal }, sent }: Sending): Promise<void> {
  try {
    await delay(waitMs, undefined, { signal });
  } catch {
    throw new NoAnswer('CANCELLED', { sent });
  }
}
