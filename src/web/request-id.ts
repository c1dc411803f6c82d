import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const current = new AsyncLocalStorage<string>();

/**
 * The id of a request: the one that a router gave it in `x-request-id` if it can be kept in the log as it is, else a new one,
 * in the answer and in the log alike.
 */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && isFitForTheLog(given) ? given : randomUUID();
}

const AN_ID = /^[\w.:-]{8,64}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** 9 to 15 digits that stand alone, in groups or not: somebody's phone (E.164) or social security, for all that we can tell. */
const MAY_BE_SOMEBODYS = /(?<![\da-z])\d(?:[.:_-]?\d){8,14}(?![\da-z])/i;

function isFitForTheLog(id: string): boolean {
  return UUID.test(id) || (AN_ID.test(id) && !MAY_BE_SOMEBODYS.test(id));
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
