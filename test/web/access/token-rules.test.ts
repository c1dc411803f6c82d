import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { createLogger } from '../../../src/log/logger.ts';
import { tokenVerifier, type TokenIssuer } from '../../../src/web/access/token-verifier.ts';
import { startIssuer, type Issuer, type TokenOptions } from '../../support/issuer.ts';

const logger = createLogger({ level: 'silent', secrets: [] });
const verifierOf = ({ config }: Issuer, settings: Partial<TokenIssuer> = {}) =>
  tokenVerifier({ ...config, ...settings }, logger);
const WRONG_CLIENT = 'Its claim `client_id` is not the one that is configured.';
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

describe('an issuer whose clock differs', () => {
  afterEach(() => void vi.useRealTimers());

  it('is believed within 30 seconds, or what else is set, and no longer', async () => {
    await using issuer = await startIssuer();
    const exact = verifierOf(issuer, { clockToleranceSeconds: 0 });
    const late = await issuer.token({ expiresIn: -20 });
    const early = await issuer.token({ claims: { nbf: inSeconds(20) } });

    expect(await verifierOf(issuer).callerOf(late)).toMatchObject({ isAuthenticated: true });
    expect(await verifierOf(issuer).callerOf(early)).toMatchObject({ isAuthenticated: true });
    await expect(exact.callerOf(late)).rejects.toThrow('It has expired.');
    await expect(exact.callerOf(early)).rejects.toThrow('It is not valid yet (`nbf`).');
  });

  it('may have issued a token in our future', async () => {
    await using issuer = await startIssuer();

    const token = await issuer.token({ claims: { iat: inSeconds(3_600) } });

    expect(await verifierOf(issuer).callerOf(token)).toMatchObject({ isAuthenticated: true });
  });

  it('is believed to the second by what is remembered of a token, as by the token itself', async () => {
    await using issuer = await startIssuer();
    const [verifier, stranger] = [verifierOf(issuer), verifierOf(issuer)];
    const token = await issuer.token({ expiresIn: 60 });
    const endMs = ((decodeJwt(token).exp ?? 0) + 30) * 1_000;
    await verifier.callerOf(await issuer.token({ claims: { jti: 'so that its keys are there' } }));
    const caller = await verifier.callerOf(token);
    vi.useFakeTimers({ toFake: ['Date'] });

    vi.setSystemTime(endMs - 1);
    expect(await verifier.callerOf(token)).toBe(caller);
    expect(await stranger.callerOf(token)).toEqual(caller);

    vi.setSystemTime(endMs);
    await expect(verifier.callerOf(token)).rejects.toThrow('It has expired.');
    await expect(stranger.callerOf(token)).rejects.toThrow('It has expired.');
  });
});

describe('an issuer that has the audience of its access tokens in another claim', () => {
  it.each(['client_id', 'azp'])('is believed for it: %s', async (audienceClaim) => {
    await using issuer = await startIssuer();
    const token = await issuer.token({ audience: null, claims: { [audienceClaim]: 'onboarding' } });

    expect((await verifierOf(issuer, { audienceClaim }).callerOf(token)).isAuthenticated).toBe(true);
  });

  it.each<[string, TokenOptions, string]>([
    ['lacks it', { audience: null }, 'It has no `client_id`.'],
    ['has it in `aud` alone', {}, 'It has no `client_id`.'],
    ['is for another', { claims: { client_id: 'payments' } }, WRONG_CLIENT],
    ['has a list there', { claims: { client_id: ['onboarding'] } }, WRONG_CLIENT],
  ])('is not believed of a token that %s', async (_what, options, message) => {
    await using issuer = await startIssuer();
    const verifier = verifierOf(issuer, { audienceClaim: 'client_id' });

    await expect(verifier.callerOf(await issuer.token(options))).rejects.toMatchObject({
      message,
      expected: { expectedAud: 'onboarding' },
    });
  });

  it('has to be told of: else a token without `aud` is refused', async () => {
    await using issuer = await startIssuer();
    const token = await issuer.token({ audience: null, claims: { client_id: 'onboarding' } });

    await expect(verifierOf(issuer).callerOf(token)).rejects.toThrow('It has no `aud`.');
  });
});
