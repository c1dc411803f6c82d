import { createHash } from 'node:crypto';

import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

import type { Caller } from '../../onboarding/caller.ts';
import { customerId } from '../../onboarding/input-rules.ts';
import { KeysUnavailable, keySet } from './key-set.ts';

/** Whose access tokens are accepted. */
export interface TokenIssuer {
  /** Where its public keys are (RFC 7517). */
  readonly jwksUrl: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` that its tokens have for us. */
  readonly audience: string;
}

export interface TokenVerifier {
  /**
   * Who sends a token.
   * @throws {InvalidToken} when it is not one of the issuer's for us, or no longer
   * @throws {KeysUnavailable} when that cannot be found out right now
   */
  callerOf(token: string): Promise<Caller>;
  /** Whether any token can be checked. */
  isReady(): boolean;
  close(): void;
}

/** The token is not one to be accepted; the message says why, for the caller. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
  /** What it should have had, for the log: configuration, and nothing of the token. */
  readonly expected: Readonly<Record<string, string>>;

  constructor(message: string, expected: Readonly<Record<string, string>> = {}) {
    super(message);
    this.expected = expected;
  }
}

// Ed25519 is the newer name of what EdDSA means here (RFC 9864). Nothing symmetric, and not `none`.
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];
const MAX_TOKEN_LENGTH = 8_192;
const REMEMBERED = 10_000;

/** Checks JWTs (RFC 7519); one that was found good is remembered until it expires, or until the issuer's keys change. */
export function tokenVerifier({ jwksUrl, issuer, audience }: TokenIssuer, logger: Logger): TokenVerifier {
  // Under the hash of the token, which is a credential.
  const verified = new LRUCache<string, { readonly caller: Caller; readonly expiresAtMs: number }>({
    max: REMEMBERED,
  });
  let generation = 0;
  const keys = keySet(jwksUrl, {
    logger,
    onChange() {
      generation++;
      verified.clear();
    },
  });
  const rules = { issuer, audience, algorithms: ALGORITHMS, requiredClaims: ['exp'] };

  async function payloadOf(token: string): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, keys.keyOf, rules)).payload;
    } catch (error) {
      // Not as its cause: jose's errors hold the token's claims.
      if (error instanceof errors.JOSEError) {
        throw new InvalidToken(reasonOf(error), expectedBy(error, { issuer, audience }));
      }
      if (error instanceof KeysUnavailable) throw error;
      // A key that no library can use: too short, or not what it says it is.
      logger.warn({ reason: (error as Error).message }, 'A key of AUTH_JWKS_URL cannot be used');
      throw new InvalidToken('It is signed with a key of the issuer that cannot be used.');
    }
  }

  return {
    async callerOf(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw new InvalidToken('It is too long.');
      const hash = createHash('sha256').update(token).digest('base64');
      const known = verified.get(hash);
      if (known && Date.now() < known.expiresAtMs) return known.caller;
      const begun = generation;
      const payload = await payloadOf(token);
      const caller = toCaller(payload);
      // Keys that changed meanwhile may not be those that it was checked with.
      if (begun !== generation) return caller;
      verified.set(hash, { caller, expiresAtMs: (payload.exp ?? 0) * 1_000 });
      return caller;
    },
    isReady: () => keys.isThere(),
    close: () => keys.close(),
  };
}

/** In our words: jose's quote the token's claims. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'It has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return reasonOfClaim(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'Its algorithm must be RS256, ES256 or EdDSA.';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'It does not say which key it is signed with (`kid`).';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed)
    return 'It is not signed with a key of the issuer.';
  return 'It is not a signed JWT.';
}

function reasonOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `It has no \`${claim}\`.`;
  if (claim === 'iss' || claim === 'aud') return `Its claim \`${claim}\` is not the one that is configured.`;
  if (claim === 'nbf' && reason === 'check_failed') return 'It is not valid yet (`nbf`).';
  return `Its claim \`${claim}\` is not accepted.`;
}

/** Which of the two that are configured a token did not have. */
function expectedBy(
  error: errors.JOSEError,
  { issuer, audience }: Pick<TokenIssuer, 'issuer' | 'audience'>,
): Record<string, string> {
  if (!(error instanceof errors.JWTClaimValidationFailed)) return {};
  if (error.claim === 'iss') return { expectedIss: issuer };
  return error.claim === 'aud' ? { expectedAud: audience } : {};
}

function toCaller(payload: JWTPayload): Caller {
  const confinedTo = customerIdIn(payload['customer_id']);
  return {
    id: idOf([payload.iss, subjectOf(payload), confinedTo]),
    isAuthenticated: true,
    scopes: new Set([...scopesIn(payload['scope']), ...scopesIn(payload['scp'])]),
    customerId: confinedTo,
  };
}

/** Who the token is about; where it does not say, all that it says but when: the bearers of another token are others. */
function subjectOf(payload: JWTPayload): unknown {
  const said = Object.entries(payload).filter(([claim]) => !OF_ONE_TOKEN.has(claim));
  return payload.sub ?? payload['client_id'] ?? payload['azp'] ?? said;
}

const OF_ONE_TOKEN = new Set(['iat', 'exp', 'nbf', 'jti']);

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
