import type { Answer } from './exchange.ts';
import { NoAnswer } from './no-answer.ts';

/** How one attempt ended, as far as trying again is concerned. */
export type Attempt =
  | { readonly answer: Pick<Answer, 'status'>; readonly retryAfterSeconds: number | null }
  | { readonly error: unknown };

/**
 * Whether to try again. A `repeatable` request (a read, or a write with an idempotency key) is, after anything that
 * may pass. Any other is only where nothing of it was sent.
 */
export function shouldRetry(attempt: Attempt, repeatable: boolean): boolean {
  if ('answer' in attempt) return repeatable && isTransient(attempt.answer.status);
  const { error } = attempt;
  if (!(error instanceof NoAnswer)) return false;
  return (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') && (repeatable || !error.sent);
}

/** Whether a status may be another when asked again: 408, 425, 429 and every 5xx. Never a 409, which says the same however often it is asked. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * How long to wait before attempt `next` (1: the first retry): at random up to `withinMs`, which doubles each time, so that
 * callers do not come back together; and after what the provider asks for.
 * @param random 0 to 1
 */
export function retryDelayMs(attempt: Attempt, next: number, withinMs: number, random: number): number {
  const asked = 'answer' in attempt ? (attempt.retryAfterSeconds ?? 0) * 1_000 : 0;
  return asked + withinMs * 2 ** (next - 1) * random;
}
