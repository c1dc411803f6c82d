import type { Answer } from '../exchange.ts';
import { NoAnswer, type NoAnswerReason } from '../no-answer.ts';
import type { Verdict } from './evidence.ts';
import type { CallVerdict } from './health.ts';

/** How a call ended: with an answer, or without; then with the signal of the operation that it was made for. */
type Ended =
  | { readonly answer: Pick<Answer, 'status'> }
  | { readonly error: unknown; readonly signal: AbortSignal };

/**
 * What a call says of the other side. A 4xx is no failure of a provider, and a caller who went away is nobody's;
 * that no connection could be had is the whole provider's.
 */
export function verdictOn(ended: Ended): CallVerdict {
  if ('answer' in ended) {
    const { status } = ended.answer;
    if (status === 429) return { route: 'NONE', provider: 'NONE' };
    return { route: status >= 500 ? 'BAD' : 'GOOD', provider: 'GOOD' };
  }
  const route = verdictOnRoute(ended.error, ended.signal);
  const isUnreached = ended.error instanceof NoAnswer && !ended.error.sent;
  return { route, provider: route === 'BAD' && isUnreached ? 'BAD' : 'NONE' };
}

const FAILURES: ReadonlySet<NoAnswerReason> = new Set(['CONNECTION', 'TIMEOUT', 'TOO_LARGE']);

function verdictOnRoute(error: unknown, { reason }: AbortSignal): Verdict {
  if (!(error instanceof NoAnswer)) return 'NONE';
  // A provider that took all the time that an operation had is as good as one that did not answer in time.
  const isOutOfTime = error.reason === 'CANCELLED' && isTimeout(reason);
  return isOutOfTime || FAILURES.has(error.reason) ? 'BAD' : 'NONE';
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}
