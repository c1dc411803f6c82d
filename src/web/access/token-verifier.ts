import { createHash } from 'node:crypto';

import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

import type { Caller } from '../../onboarding/caller.ts';
import { callerIn } from './caller-in-token.ts';
import { InvalidToken, invalidToken, wrongClaim } from './invalid-token.ts';
import { KeysUnavailable, keySet, type KeySet } from './key-set.ts';

/** Whose access tokens are accepted. */
export interface TokenIssuer {
  /** Where its public keys are (RFC 7517). */
  readonly jwksUrl: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What its tokens for us have in the claim of the audience. */
  readonly audience: string;
  /** The claim of the audience: `aud`, unless the issuer names in another for whom its access tokens are. */
  readonly audienceClaim: string;
  /** The claim that says who calls; null: the first that is there of `sub`, `client_id` and `azp`. */
  readonly callerClaim: string | null;
  /** By how much the issuer's clock may differ from ours. */
  readonly clockToleranceSeconds: number;
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

// Ed25519 is the newer name of what EdDSA means here (RFC 9864). Nothing symmetric, and not `none`.
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];
const MAX_TOKEN_LENGTH = 8_192;
const REMEMBERED = 10_000;

/** Checks JWTs (RFC 7519); one that was found good is remembered until it expires, or until the issuer's keys change. */
export function tokenVerifier(issuer: TokenIssuer, logger: Logger): TokenVerifier {
  // Under the hash of the token, which is a credential.
  const verified = new LRUCache<string, { readonly caller: Caller; readonly expiresAtMs: number }>({
    max: REMEMBERED,
  });
  let generation = 0;
  const keys = keySet(issuer.jwksUrl, {
    logger,
    onChange() {
      generation++;
      verified.clear();
    },
  });

  return {
    async callerOf(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw new InvalidToken('It is too long.');
      const hash = createHash('sha256').update(token).digest('base64');
      const known = verified.get(hash);
      if (known && Date.now() < known.expiresAtMs) return known.caller;
      const begun = generation;
      const payload = await checkedPayload(token, keys, issuer, logger);
      const caller = callerIn(payload, issuer.callerClaim);
      // Keys that changed meanwhile may not be those that it was checked with.
      if (begun !== generation) return caller;
      const expiresAtMs = ((payload.exp ?? 0) + issuer.clockToleranceSeconds) * 1_000;
      verified.set(hash, { caller, expiresAtMs });
      return caller;
    },
    isReady: () => keys.isThere(),
    close: () => keys.close(),
  };
}

/** When a token was issued (`iat`) is not looked at: what is not to be used yet says so in its `nbf`. */
async function checkedPayload(
  token: string,
  keys: KeySet,
  issuer: TokenIssuer,
  logger: Logger,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.keyOf, rulesOf(issuer));
    if (issuer.audienceClaim !== 'aud') checkAudience(payload, issuer);
    return payload;
  } catch (error) {
    // Not as its cause: jose's errors hold the token's claims.
    if (error instanceof errors.JOSEError) throw invalidToken(error, issuer);
    if (error instanceof KeysUnavailable || error instanceof InvalidToken) throw error;
    // A key that no library can use: too short, or not what it says it is.
    logger.warn({ reason: (error as Error).message }, 'A key of AUTH_JWKS_URL cannot be used');
    throw new InvalidToken('It is signed with a key of the issuer that cannot be used.');
  }
}

function rulesOf({ issuer, audience, audienceClaim, clockToleranceSeconds }: TokenIssuer) {
  return {
    issuer,
    ...(audienceClaim === 'aud' && { audience }),
    algorithms: ALGORITHMS,
    requiredClaims: ['exp'],
    clockTolerance: clockToleranceSeconds,
  };
}

function checkAudience(payload: JWTPayload, { audience, audienceClaim }: TokenIssuer): void {
  const given = payload[audienceClaim];
  if (given !== audience) throw wrongClaim(audienceClaim, given === undefined, { expectedAud: audience });
}
