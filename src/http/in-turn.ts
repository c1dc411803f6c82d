import { NoAnswer } from './no-answer.ts';
import { Slots } from './policies/slots.ts';

/**
 * Lets at most `limit` works of one operation be under way at a time; the others wait, first come first served.
 * An operation is known by an object of its own; the signal ends the wait. @throws {NoAnswer} CANCELLED
 */
export function inTurn(
  limit: number,
): <T>(operation: object, signal: AbortSignal, work: () => Promise<T>) => Promise<T> {
  const ofOperation = new WeakMap<object, Slots>();
  return async (operation, signal, work) => {
    let slots = ofOperation.get(operation);
    if (!slots) {
      slots = new Slots({ count: limit, queue: Infinity, waitMs: null });
      ofOperation.set(operation, slots);
    }
    if (!(await slots.take(signal))) throw new NoAnswer('CANCELLED', { sent: false });
    try {
      return await work();
    } finally {
      slots.release();
    }
  };
}
