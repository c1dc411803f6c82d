import { errors } from 'jose';

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

/** A token that jose refuses, in our words: jose's quote its claims. */
export function invalidToken(
  error: errors.JOSEError,
  { issuer, audience }: { readonly issuer: string; readonly audience: string },
): InvalidToken {
  if (!(error instanceof errors.JWTClaimValidationFailed)) return new InvalidToken(reasonOf(error));
  const { claim, reason } = error;
  if (claim === 'iss') return wrongClaim(claim, reason === 'missing', { expectedIss: issuer });
  if (claim === 'aud') return wrongClaim(claim, reason === 'missing', { expectedAud: audience });
  if (reason === 'missing') return new InvalidToken(`It has no \`${claim}\`.`);
  if (claim === 'nbf' && reason === 'check_failed') return new InvalidToken('It is not valid yet (`nbf`).');
  return new InvalidToken(`Its claim \`${claim}\` is not accepted.`);
}

/** A token without a claim that is configured, or with another value in it. */
export function wrongClaim(
  claim: string,
  isMissing: boolean,
  expected: Readonly<Record<string, string>>,
): InvalidToken {
  return new InvalidToken(
    isMissing ? `It has no \`${claim}\`.` : `Its claim \`${claim}\` is not the one that is configured.`,
    expected,
  );
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'It has expired.';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'Its algorithm must be RS256, ES256 or EdDSA.';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'It does not say which key it is signed with (`kid`).';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed)
    return 'It is not signed with a key of the issuer.';
  return 'It is not a signed JWT.';
}
