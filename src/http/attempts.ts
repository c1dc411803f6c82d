import type { Answer } from './exchange.ts';
import { NoAnswer } from './no-answer.ts';

/** The answer to the last attempt. */
export interface LastAnswer extends Answer {
  /** Whether an earlier attempt was maybe carried out: it got no answer, or a 5xx. */
  readonly isAfterUnanswered: boolean;
}

/** How one attempt ended: with a status, or why there is none. */
export type AttemptResult = number | NoAnswer['reason'];

/** The attempts of one request. Of a write that is repeated, any of them may have been carried out, whatever becomes of the last. */
export interface Attempts {
  /** Makes one more. @throws {NoAnswer} */
  next(): Promise<LastAnswer>;
  /** The error of one attempt as that of all. */
  failure(error: unknown): unknown;
}

/** @param report is told how each attempt ended, and how long it took */
export function attemptsOf(
  exchange: () => Promise<Answer>,
  report: (result: AttemptResult, durationMs: number) => void,
): Attempts {
  let maybeCarriedOut = false;
  return {
    async next() {
      const start = performance.now();
      try {
        const answer = { ...(await exchange()), isAfterUnanswered: maybeCarriedOut };
        maybeCarriedOut ||= answer.status >= 500; // which says nothing about what was carried out
        report(answer.status, performance.now() - start);
        return answer;
      } catch (error) {
        if (error instanceof NoAnswer) {
          maybeCarriedOut ||= error.sent;
          report(error.reason, performance.now() - start);
        }
        throw error;
      }
    },

    failure(error) {
      if (!(error instanceof NoAnswer) || error.sent || !maybeCarriedOut) return error;
      return new NoAnswer(error.reason, { sent: true, cause: error.cause });
    },
  };
}
