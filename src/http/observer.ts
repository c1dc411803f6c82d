import type { Answer } from './exchange.ts';
import type { NoAnswerReason } from './no-answer.ts';
import type { HealthObserver } from './policies/health.ts';

export type { Answer } from './exchange.ts';

/** One request before it goes out: nothing in it is secret or personal. */
export interface Departure {
  /** Method and template, such as `GET /entities/{}`. */
  readonly route: string;
  readonly origin: string;
  /** How many times it was sent before. */
  readonly resend: number;
}

/** One attempt, for logs and metrics: nothing in it is secret or personal. */
export interface AttemptReport {
  /** Method and template, such as `GET /entities/{}`. */
  readonly route: string;
  readonly durationMs: number;
  /** The status, or why there is none. */
  readonly result: number | NoAnswerReason;
}

/** One call, of all its attempts. */
export interface CallReport extends AttemptReport {
  /** 0 where it was not sent. */
  readonly attempts: number;
}

/** Whoever wants to know what goes on between us and the other side. */
export interface HttpObserver extends HealthObserver {
  /** Stands around each request on the wire. The headers that it sends it with are added to its own. */
  departure?(
    departure: Departure,
    send: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
  ): Promise<Answer>;
  attempt?(report: AttemptReport): void;
  call?(report: CallReport): void;
  /** An attempt failed, and there is to be another. */
  retry?(route: string): void;
  /** A read was answered by an equal one that was under way already. */
  deduplicated?(route: string): void;
  /** Retries have used up what they may; told once until they have not. */
  budgetSpent?(): void;
}
