import { createHash } from 'node:crypto';

/** As long as Increase takes. */
const MAX_LENGTH = 200;
/** A caller's id, and whether what follows is the key or its hash. */
const SCOPE = /^[\w-]{16}[.#]/;

/**
 * A caller's idempotency key as Increase is told it. All who use the account share one set of keys there, and one caller's
 * must not answer another's session; so it begins with the caller, where callers are told apart.
 */
export function scopedKey(key: string, caller: string): string {
  if (caller === '') return key;
  const scoped = `${caller}.${key}`;
  return scoped.length <= MAX_LENGTH
    ? scoped
    : `${caller}#${createHash('sha256').update(key).digest('base64url')}`;
}

/** The key that the caller gave, from what Increase has; null where it is another caller's, or was too long to be kept. */
export function callersKey(key: string, caller: string): string | null {
  if (caller === '' || !SCOPE.test(key)) return key;
  return key.startsWith(`${caller}.`) ? key.slice(caller.length + 1) : null;
}
