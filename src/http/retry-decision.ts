import type { Answer } from './exchange.ts';
import { NoAnswer } from './no-answer.ts';

/** How one attempt ended, as far as trying again is concerned. */
export type Attempt =
  | { readonly answer: Pick<Answer, 'status'>; readonly retryAfterSeconds: number | null }
  | { readonly error: unknown };

/** A wait asked for by the provider that is longer than this is told to the caller instead. */
export const MAX_RETRY_AFTER_SECONDS = 2;
const BASE_DELAY_MS = 100;

/**
 * Whether to try again. A `repeatable` request (a read, or a write with an idempotency key) is, after anything that
 * may pass. Any other is only where nothing of it was sent.
 */
export function shouldRetry(attempt: Attempt, repeatable: boolean): boolean {
  if ('answer' in attempt) {
    return (
      repeatable &&
      isTransient(attempt.answer.status) &&
      (attempt.retryAfterSeconds ?? 0) <= MAX_RETRY_AFTER_SECONDS
    );
  }
  const { error } = attempt;
  if (!(error instanceof NoAnswer)) return false;
  if (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') return repeatable || !error.sent;
  return false;
}

/** Whether a status may be another when asked again: 408, 425, 429 and every 5xx. Never a 409, which says the same however often it is asked. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * How long to wait before attempt `next` (1: the first retry): 100 ms doubling, or longer if the provider asks for it, with
 * half of it random so that callers do not come back together.
 * @param random 0 to 1
 */
export function retryDelayMs(attempt: Attempt, next: number, random: number): number {
  const full = BASE_DELAY_MS * 2 ** (next - 1);
  const asked = 'answer' in attempt ? (attempt.retryAfterSeconds ?? 0) * 1_000 : 0;
  return Math.max(asked, full / 2 + (full / 2) * random);
}
