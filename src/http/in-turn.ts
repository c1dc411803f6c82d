import { bulkhead, type IPolicy } from 'cockatiel';

/**
 * Lets at most `limit` works of one operation be under way at a time; the others wait, first come first served.
 * An operation is known by its signal.
 */
export function inTurn(limit: number): <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T> {
  const queues = new WeakMap<AbortSignal, IPolicy>();
  return (signal, work) => {
    let queue = queues.get(signal);
    if (!queue) {
      queue = bulkhead(limit, Infinity);
      queues.set(signal, queue);
    }
    return queue.execute(work, signal);
  };
}
