/**
 * - `CONNECTION`: none could be had, or it was lost
 * - `TIMEOUT`: the attempt took too long
 * - `CANCELLED`: the operation that it was made for has ended
 * - `CIRCUIT_OPEN`: the other side, or this route of it, fails; it was not asked
 * - `THROTTLED`: it asked to be left alone; it was not asked
 * - `BUSY`: too many requests are under way to it; it was not asked
 * - `TOO_LARGE`: the answer was not read to its end
 */
export type NoAnswerReason =
  | 'CONNECTION'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'CIRCUIT_OPEN'
  | 'THROTTLED'
  | 'BUSY'
  | 'TOO_LARGE';

interface NoAnswerOptions {
  readonly sent: boolean;
  readonly cause?: unknown;
  readonly retryAfterMs?: number;
}

/**
 * A request that got no usable answer.
 * `sent` says whether any byte of it may have reached the other side: false is certain, true is «maybe».
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: NoAnswerReason;
  readonly sent: boolean;
  /** When it is of use to ask again, where that is known. */
  readonly retryAfterMs: number | null;

  constructor(reason: NoAnswerReason, { sent, cause, retryAfterMs }: NoAnswerOptions) {
    super(`${reason}, ${sent ? 'maybe sent' : 'not sent'}`, { cause });
    this.reason = reason;
    this.sent = sent;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}
