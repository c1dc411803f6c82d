import { createHash } from 'node:crypto';

/** As long as Increase takes. */
const MAX_LENGTH = 200;

/**
 * A caller's idempotency key as Increase is told it. All who use the account share one set of keys there, and one caller's
 * must not answer another's session; so it begins with the caller, where callers are told apart.
 */
export function scopedKey(key: string, caller: string): string {
  if (caller === '') return key;
  const scoped = prefixOf(caller) + key;
  if (scoped.length <= MAX_LENGTH) return scoped;
  return prefixOf(caller) + createHash('sha256').update(key).digest('base64url');
}

/** The key that the caller gave, from what Increase has; another caller's, or one made elsewhere, as it is there. */
export function callersKey(key: string, caller: string): string {
  return caller !== '' && key.startsWith(prefixOf(caller)) ? key.slice(prefixOf(caller).length) : key;
}

function prefixOf(caller: string): string {
  return `${caller}.`;
}
