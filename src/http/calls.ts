import { setTimeout as delay } from 'node:timers/promises';

import { connectionsTo, type Connections } from './connections.ts';
import { exchange, type Answer, type Outgoing } from './exchange.ts';
import { inTurn } from './in-turn.ts';
import { NoAnswer } from './no-answer.ts';
import type { HttpObserver } from './observer.ts';
import { Health, type Condition } from './policies/health.ts';
import type { Policy } from './policies/policy.ts';
import { Rate } from './policies/rate.ts';
import { RetryBudget } from './policies/retry-budget.ts';
import { Slots } from './policies/slots.ts';
import { verdictOn } from './policies/verdict.ts';
import { retryDelayMs, shouldRetry } from './retry-decision.ts';
import type { ProxySettings } from './tunnels.ts';

/** What is to be sent, and what the policy has to know of it. */
export interface OutgoingCall {
  readonly outgoing: Outgoing;
  /** Method and template: safe to log. */
  readonly route: string;
  readonly repeatable: boolean;
  readonly writes: boolean;
  readonly subject: string | undefined;
}

/** The operation that a call is made for. */
export interface Requester {
  /** Ends the call: a read at once, a write only while nothing of it was sent. */
  readonly signal: AbortSignal;
  /** When the operation's time is up, on the clock of `performance.now()`: looked at whenever it matters, for it may move. */
  readonly deadlineAt?: number | undefined;
  /** What the operation is known by, where that is not its signal. */
  readonly operation?: object;
}

/** The answer to the last attempt. */
export interface LastAnswer extends Answer {
  /** Whether an earlier attempt was maybe carried out: it got no answer, or a 5xx. */
  readonly isAfterUnanswered: boolean;
}

/** How much is going on with a provider at this moment. */
export interface Load {
  readonly inFlight: number;
  readonly queued: number;
}

interface CallsOptions {
  readonly origin: string;
  readonly proxy: ProxySettings | null;
  readonly policy: Policy;
  readonly observer: HttpObserver;
  readonly retryAfterSeconds: (answer: Answer) => number | null;
}

/** A call on its way through its attempts. */
interface Underway extends OutgoingCall {
  readonly requester: Requester;
  readonly signal: AbortSignal;
  attempts: number;
  /** Of a write that is repeated, an earlier attempt may have been carried out, whatever becomes of the last. */
  maybeCarriedOut: boolean;
}

type Attempt =
  | { readonly answer: LastAnswer; readonly retryAfterSeconds: number | null }
  | { readonly error: unknown };

/** Of one operation at the same time: one query must not take all connections from the others. */
const READS_AT_ONCE = 8;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** All that stands between a call and the wire. From the outside in: a read's turn, health, retries, rate, slot, exchange. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #connections: Connections;
  readonly #health: Health;
  readonly #budget: RetryBudget;
  readonly #slots: Slots;
  readonly #rate: Rate;
  readonly #inItsTurn = inTurn(READS_AT_ONCE);

  constructor(options: CallsOptions) {
    const { origin, proxy, policy, observer } = options;
    this.#options = options;
    this.#connections = connectionsTo(origin, {
      count: policy.concurrency.count,
      connectTimeoutMs: policy.attemptTimeoutMs,
      proxy,
    });
    this.#health = new Health(policy, observer);
    this.#budget = new RetryBudget({ ...policy.retryBudget, onSpent: () => observer.budgetSpent?.() });
    this.#slots = new Slots(policy.concurrency);
    this.#rate = new Rate({ perSecond: policy.maxPerSecond });
  }

  /** @throws {NoAnswer} */
  make(call: OutgoingCall, requester: Requester): Promise<LastAnswer> {
    const { signal, operation = signal } = requester;
    const underway: Underway = { ...call, requester, signal, attempts: 0, maybeCarriedOut: false };
    return call.writes
      ? this.#watched(underway)
      : this.#inItsTurn(operation, signal, () => this.#watched(underway));
  }

  condition(): Condition {
    return this.#health.condition();
  }

  load(): Load {
    return { inFlight: this.#slots.taken, queued: this.#slots.waiting };
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  /** Asks where the circuits let it, and tells them how it ended. */
  async #watched(call: Underway): Promise<LastAnswer> {
    const start = performance.now();
    const report = (result: number | NoAnswer['reason']) =>
      this.#options.observer.call?.({
        route: call.route,
        durationMs: performance.now() - start,
        attempts: call.attempts,
        result,
      });
    let passage: ReturnType<Health['enter']> | undefined;
    try {
      passage = this.#health.enter(call.route);
      this.#budget.count();
      const answer = await this.#attempted(call);
      passage.end(verdictOn({ answer }), call.subject);
      report(answer.status);
      return answer;
    } catch (error) {
      passage?.end(verdictOn({ error, signal: call.signal }), call.subject);
      if (error instanceof NoAnswer) report(error.reason);
      throw error;
    }
  }

  /** Tries until there is an answer, or no use in another attempt. */
  async #attempted(call: Underway): Promise<LastAnswer> {
    for (;;) {
      const attempt = await this.#attempt(call);
      const waitMs = this.#waitAfter(attempt, call);
      if (waitMs === null) return outcomeOf(attempt, call);
      this.#options.observer.retry?.(call.route);
      await pause(waitMs, call);
    }
  }

  /** The wait before another attempt; null where there is to be none. */
  #waitAfter(attempt: Attempt, { attempts, repeatable, requester }: Underway): number | null {
    const { deadlineAt = Infinity } = requester;
    const { maxAttempts, retryWithinMs } = this.#options.policy;
    if (attempts >= maxAttempts || !shouldRetry(attempt, repeatable)) return null;
    const delayMs = retryDelayMs(attempt, attempts, retryWithinMs, Math.random());
    const waitMs = Math.max(delayMs, this.#health.throttledForMs);
    return performance.now() + waitMs < deadlineAt && this.#budget.take() ? waitMs : null;
  }

  async #attempt(call: Underway): Promise<Attempt> {
    const { observer, retryAfterSeconds } = this.#options;
    const start = performance.now();
    const report = (result: number | NoAnswer['reason']) =>
      observer.attempt?.({ route: call.route, durationMs: performance.now() - start, result });
    try {
      const answer = await this.#sent(call);
      const attempt = {
        answer: { ...answer, isAfterUnanswered: call.maybeCarriedOut },
        retryAfterSeconds: retryAfterSeconds(answer),
      };
      if (answer.status === 429) this.#health.throttle(attempt.retryAfterSeconds);
      call.maybeCarriedOut ||= answer.status >= 500; // which says nothing about what was carried out
      report(answer.status);
      return attempt;
    } catch (error) {
      if (error instanceof NoAnswer) {
        call.maybeCarriedOut ||= error.sent;
        report(error.reason);
      }
      return { error };
    }
  }

  /** One request on the wire, when there is a slot for it. */
  async #sent(call: Underway): Promise<Answer> {
    const { signal } = call;
    const waitMs = this.#rate.take();
    if (waitMs > 0) throw new NoAnswer('THROTTLED', { sent: false, retryAfterMs: waitMs });
    if (!(await this.#slots.take(signal))) {
      throw new NoAnswer(signal.aborted ? 'CANCELLED' : 'BUSY', { sent: false });
    }
    const departure = { route: call.route, origin: call.outgoing.origin, resend: call.attempts++ };
    const send = (headers?: Outgoing['headers']) => this.#exchanged(call, headers);
    try {
      return await (this.#options.observer.departure?.(departure, send) ?? send());
    } finally {
      this.#slots.release();
    }
  }

  #exchanged(
    { signal, repeatable, writes, outgoing }: Underway,
    headers?: Outgoing['headers'],
  ): Promise<Answer> {
    const request = headers ? { ...outgoing, headers: { ...outgoing.headers, ...headers } } : outgoing;
    return exchange(repeatable ? this.#connections.lasting : this.#connections.fresh, request, {
      timeoutMs: this.#options.policy.attemptTimeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
      signal,
      cancelSent: !writes,
    });
  }
}

function outcomeOf(attempt: Attempt, { maybeCarriedOut }: Underway): LastAnswer {
  if ('answer' in attempt) return attempt.answer;
  const { error } = attempt;
  if (!(error instanceof NoAnswer) || error.sent || !maybeCarriedOut) throw error;
  throw new NoAnswer(error.reason, { sent: true, cause: error.cause });
}

async function pause(waitMs: number, { signal, maybeCarriedOut }: Underway): Promise<void> {
  try {
    await delay(waitMs, undefined, { signal });
  } catch {
    throw new NoAnswer('CANCELLED', { sent: maybeCarriedOut });
  }
}
