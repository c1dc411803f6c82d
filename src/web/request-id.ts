import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const current = new AsyncLocalStorage<string>();

/** The id of a request: the one that a router gave it in `x-request-id` if it looks like one, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Runs the handling of one request, all of which then sees its id. */
export function withRequestId<T>(requestId: string, handle: () => T): T {
  return current.run(requestId, handle);
}

/** The id of the request that is being handled; null where none is. */
export function requestInHand(): string | null {
  return current.getStore() ?? null;
}

/** The id of the request that is being handled. */
export function currentRequestId(): string {
  return requestInHand() ?? 'none';
}
