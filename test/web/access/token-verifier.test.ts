import { Writable } from 'node:stream';

import { SignJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';

import { createLogger } from '../../../src/log/logger.ts';
import { InvalidToken } from '../../../src/web/access/invalid-token.ts';
import { KeysUnavailable } from '../../../src/web/access/key-set.ts';
import { tokenVerifier } from '../../../src/web/access/token-verifier.ts';
import { startIssuer, unsignedToken, type Issuer, type TokenOptions } from '../../support/issuer.ts';
import { closedUrl } from '../../support/provider.ts';

const logger = createLogger({ level: 'silent', secrets: [] });
const verifierOf = (issuer: Issuer) => tokenVerifier(issuer.config, logger);

function recorded() {
  let lines = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines += chunk.toString();
      done();
    },
  });
  return { log: () => lines, logger: createLogger({ level: 'info', secrets: [], destination }) };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof InvalidToken)) throw new Error('It was not refused', { cause: error });
  return error.message;
}

describe('tokenVerifier', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('accepts a token signed with %s', async (algorithm) => {
    await using issuer = await startIssuer(algorithm);

    const caller = await verifierOf(issuer).callerOf(await issuer.token({ scope: 'a b' }));

    expect(caller).toMatchObject({ isAuthenticated: true, scopes: new Set(['a', 'b']), customerId: null });
  });

  it.each(['ES384', 'PS256', 'RS512'])('refuses a token signed with %s', async (algorithm) => {
    await using issuer = await startIssuer(algorithm);

    expect(await refusalOf(verifierOf(issuer).callerOf(await issuer.token()))).toMatch(/algorithm/);
  });

  it('reads scopes that are listed under `scp`', async () => {
    await using issuer = await startIssuer();

    const caller = await verifierOf(issuer).callerOf(await issuer.token({ claims: { scp: ['a', 'b', 3] } }));

    expect(caller.scopes).toEqual(new Set(['a', 'b']));
  });

  it('tells callers apart by issuer, subject and customer, and names none of them', async () => {
    await using issuer = await startIssuer();
    const verifier = verifierOf(issuer);
    const idOf = async (claims: JWTPayload) => (await verifier.callerOf(await issuer.token({ claims }))).id;

    const ids = [
      await idOf({ sub: 'jane@example.com' }),
      await idOf({ sub: 'john@example.com' }),
      await idOf({ sub: 'jane@example.com', customer_id: 'c1' }),
    ];

    expect(new Set(ids).size).toBe(3);
    expect(await idOf({ sub: 'jane@example.com', jti: 'another token' })).toBe(ids[0]);
    expect(ids.every((id) => /^[\w-]{16}$/.test(id))).toBe(true);
  });

  it.each<[string, TokenOptions, RegExp]>([
    [
      'of another issuer',
      { issuer: 'https://evil.example.com' },
      /^Its claim `iss` is not the one that is configured\.$/,
    ],
    [
      'for another audience',
      { audience: 'payments' },
      /^Its claim `aud` is not the one that is configured\.$/,
    ],
    ['that has expired', { expiresIn: -31 }, /expired/],
    ['of nobody who could be told', { claims: { sub: undefined } }, /`sub`, `client_id`, or `azp`/],
    ['of a customer who cannot be', { claims: { customer_id: '' } }, /`customer_id`/],
    ['of nobody, who could be everybody', { claims: { customer_id: null } }, /`customer_id`/],
    ['of several customers', { claims: { customer_id: ['a', 'b'] } }, /`customer_id`/],
    ['that is not valid yet', { claims: { nbf: Math.floor(Date.now() / 1_000) + 600 } }, /`nbf`/],
  ])('refuses a token %s', async (_what, options, reason) => {
    await using issuer = await startIssuer();

    expect(await refusalOf(verifierOf(issuer).callerOf(await issuer.token(options)))).toMatch(reason);
  });

  it('refuses what nobody signed, what is signed with a secret, and what is no token', async () => {
    await using issuer = await startIssuer();
    const verifier = verifierOf(issuer);
    const [header = '', payload = '', signature = ''] = (await issuer.token()).split('.');
    const symmetric = await new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer.config.issuer)
      .setAudience(issuer.config.audience)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(issuer.config.jwksUrl.padEnd(32, 'x')));
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;

    for (const token of [
      unsignedToken(),
      symmetric,
      forged,
      `${header}.${payload}`,
      'x',
      'x'.repeat(9_000),
    ]) {
      expect(await refusalOf(verifier.callerOf(token))).toMatch(/\.$/);
    }
  });

  it('refuses a token that never expires', async () => {
    await using issuer = await startIssuer();

    const token = await issuer.token({ expiresIn: null });

    expect(await refusalOf(verifierOf(issuer).callerOf(token))).toBe('It has no `exp`.');
  });

  it('follows a rotation at once, and then refuses the old key', async () => {
    await using issuer = await startIssuer();
    const verifier = verifierOf(issuer);
    const old = await issuer.token();
    await verifier.callerOf(old);

    await issuer.rotate();
    const caller = await verifier.callerOf(await issuer.token());

    expect(caller.isAuthenticated).toBe(true);
    expect(await refusalOf(verifier.callerOf(old))).toMatch(/not signed with a key/);
  });

  it('keeps no token that was being checked while the keys changed', async () => {
    await using issuer = await startIssuer();
    const verifier = verifierOf(issuer);
    await verifier.callerOf(await issuer.token());
    const old = await Promise.all(
      Array.from({ length: 50 }, (_each, index) => issuer.token({ claims: { jti: String(index) } })),
    );
    await issuer.rotate();
    const current = await issuer.token();

    await Promise.allSettled([verifier.callerOf(current), ...old.map((token) => verifier.callerOf(token))]);

    for (const token of old) {
      expect(await refusalOf(verifier.callerOf(token))).toMatch(/not signed with a key/);
    }
  });

  it('refuses a token whose key nobody can use', async () => {
    await using issuer = await startIssuer();
    issuer.publish({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' });

    expect(await refusalOf(verifierOf(issuer).callerOf(await issuer.token()))).toMatch(/cannot be used/);
  });

  it('goes on with the keys it has while the key server is away', async () => {
    await using issuer = await startIssuer();
    const verifier = verifierOf(issuer);
    await verifier.callerOf(await issuer.token());

    issuer.fail(true);

    expect((await verifier.callerOf(await issuer.token({ scope: 'new' }))).scopes).toContain('new');
  });

  it('logs from where keys cannot be fetched, and why, without what may be a credential', async () => {
    await using issuer = await startIssuer();
    const url = await closedUrl();
    const { log, logger: logged } = recorded();

    const verifier = tokenVerifier({ ...issuer.config, jwksUrl: `${url}/keys?key=secret` }, logged);

    await expect.poll(log).toContain('and never were');
    expect(JSON.parse(log())).toMatchObject({
      level: 50,
      keyServer: `${url}/keys`,
      cause: 'ECONNREFUSED',
    });
    expect(log()).not.toContain('secret');
    verifier.close();
  });

  it('logs of keys that it has and cannot renew that they go on being used', async () => {
    await using issuer = await startIssuer();
    await using stranger = await startIssuer();
    const { log, logger: logged } = recorded();
    const verifier = tokenVerifier(issuer.config, logged);
    await verifier.callerOf(await issuer.token());
    issuer.fail(true);

    await refusalOf(verifier.callerOf(await stranger.token()));

    expect(JSON.parse(log())).toMatchObject({
      level: 40,
      keyServer: issuer.config.jwksUrl,
      reason: expect.stringContaining('200 OK'),
      msg: expect.stringContaining('the last ones are used until they can'),
    });
  });

  it('cannot tell who calls when the key server was never there', async () => {
    await using issuer = await startIssuer();
    issuer.fail(true);
    const verifier = verifierOf(issuer);

    await expect(verifier.callerOf(await issuer.token())).rejects.toThrow(KeysUnavailable);
  });

  it('checks a token once, and fetches keys no more than once for any number of unknown ones', async () => {
    await using issuer = await startIssuer();
    await using stranger = await startIssuer();
    const verifier = verifierOf(issuer);
    await verifier.callerOf(await issuer.token());
    const before = issuer.fetches();

    const refused = await Promise.all(
      Array.from({ length: 20 }, async () => refusalOf(verifier.callerOf(await stranger.token()))),
    );

    expect(refused).toHaveLength(20);
    expect(issuer.fetches() - before).toBe(1);
  });
});
