import { createHash } from 'node:crypto';

import type { JWTPayload } from 'jose';

import type { Caller } from '../../onboarding/caller.ts';
import { customerId } from '../../onboarding/input-rules.ts';
import { InvalidToken } from './invalid-token.ts';

/** Claims that name who calls, the first that is there: whoever logged in, else the program that asks. */
const CALLER_CLAIMS = ['sub', 'client_id', 'azp'] as const;

/**
 * Who sends a token of this content, which was found good. Whoever it is stays the same from token to token: what was sent
 * under his idempotency keys is stored by his id.
 * @param callerClaim names who calls; null: the first that is there of `sub`, `client_id` and `azp`
 * @throws {InvalidToken} when it does not say who, or for which customer in a way that can be understood
 */
export function callerIn(payload: JWTPayload, callerClaim: string | null): Caller {
  const confinedTo = customerIdIn(payload['customer_id']);
  const { claim, name } = namedIn(payload, callerClaim === null ? CALLER_CLAIMS : [callerClaim]);
  return {
    // A client may be called like a user, and is somebody else.
    id: idOf([payload.iss, name, confinedTo, ...(claim === 'sub' ? [] : [claim])]),
    isAuthenticated: true,
    scopes: new Set([...scopesIn(payload['scope']), ...scopesIn(payload['scp'])]),
    customerId: confinedTo,
  };
}

/** The claim that says who calls, and what it says. */
function namedIn(payload: JWTPayload, claims: readonly string[]): { claim: string; name: unknown } {
  const claim = claims.find((each) => (payload[each] ?? null) !== null);
  if (claim === undefined) {
    const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(
      claims.map((each) => `\`${each}\``),
    );
    throw new InvalidToken(`It has no ${names}, which would say who calls.`, {
      expectedClaim: claims.join(', '),
    });
  }
  const name = payload[claim];
  // Larger numbers are rounded: two callers would be one.
  if ((typeof name === 'string' && name.trim() !== '') || Number.isSafeInteger(name)) return { claim, name };
  throw new InvalidToken(`Its claim \`${claim}\` must be a text, and not empty: it says who calls.`);
}

/** Null where there is none. One that is null, or cannot be understood must not let its bearer see everybody. */
function customerIdIn(claim: unknown): string | null {
  if (claim === undefined) return null;
  const result = customerId.safeParse(claim);
  if (!result.success) throw new InvalidToken('Its claim `customer_id` is not accepted.');
  return result.data;
}

/** A subject may be a mail address: what is stored by it does not name it. */
function idOf(identity: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 16);
}

/** Space-separated (RFC 8693), or a list as some issuers have it. */
function scopesIn(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim.filter((scope) => typeof scope === 'string') : [];
}
