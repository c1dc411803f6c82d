export type NoAnswerReason = 'CONNECTION' | 'TIMEOUT' | 'CANCELLED' | 'CIRCUIT_OPEN' | 'TOO_LARGE';

/**
 * A request that got no usable answer.
 * `sent` says whether any byte of it may have reached the other side: false is certain, true is «maybe».
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: NoAnswerReason;
  readonly sent: boolean;

  constructor(reason: NoAnswerReason, { sent, cause }: { sent: boolean; cause?: unknown }) {
    super(`${reason}, ${sent ? 'maybe sent' : 'not sent'}`, { cause });
    this.reason = reason;
    this.sent = sent;
  }
}
