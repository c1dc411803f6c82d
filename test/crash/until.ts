import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again, until there is something. */
export async function until<T>(look: () => Promise<T | false>, withinMs = 30_000): Promise<T> {
  for (const end = Date.now() + withinMs; Date.now() < end; await delay(25)) {
    const found = await look();
    if (found !== false) return found;
  }
  throw new Error('It did not come about in time');
}
