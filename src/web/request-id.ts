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

const AN_ID = /^(?=.*\d)[\w.:-]{8,64}$/;
/** What generators of ids make, whatever digits it has: a UUID, a ULID, a trace's id or other hexadecimal, a snowflake. */
const GENERATED =
  /(?<![\da-z])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-hjkmnp-tv-z]{26}|(?=\d*[a-f])[\da-f]{16,}|\d{17,})(?![\da-z])/gi;
/** 7 digits, in groups or not: somebody's phone or social security, for all that we can tell. */
const MAY_BE_SOMEBODYS = /\d(?:[.:_-]*\d){6}/;
/** `{"` in base64: the head of a token (RFC 7519). */
const TOKEN = /(?<![\da-z])eyJ/i;

function isFitForTheLog(id: string): boolean {
  return AN_ID.test(id) && !TOKEN.test(id) && !MAY_BE_SOMEBODYS.test(id.replaceAll(GENERATED, 'x'));
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
