import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';

import { ANYBODY } from '../../../src/onboarding/caller.ts';
import { callerOf } from '../../../src/web/access/caller-of.ts';
import { startIssuer } from '../../support/issuer.ts';
import { startService } from '../../support/service.ts';

const from = (remoteAddress: string, headers = {}) =>
  ({ headers: { host: 'localhost:4001', ...headers }, socket: { remoteAddress } }) as FastifyRequest;
const SECRET = 'a-secret-of-the-router';

describe('without access control', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])(
    'everything is open to %s',
    async (address) => {
      expect(await callerOf(from(address), 'LOOPBACK')).toBe(ANYBODY);
    },
  );

  it.each(['192.0.2.1', '::ffff:10.0.0.1', '2001:db8::127.0.0.1', '1270.0.0.1', ''])(
    'nothing is open to %j, who is told what to set',
    async (address) => {
      await expect(callerOf(from(address), 'LOOPBACK')).rejects.toMatchObject({
        statusCode: 403,
        code: 'FORBIDDEN',
        message: expect.stringMatching(/AUTH_JWKS_URL.*AUTH=none/),
      });
      expect(await callerOf(from(address), 'EVERYBODY')).toBe(ANYBODY);
    },
  );
});

describe('without access control, on this machine', () => {
  it('whoever a proxy asks for has to be on it, too', async () => {
    const via = (forwardedFor: string) =>
      callerOf(from('127.0.0.1', { 'x-forwarded-for': forwardedFor }), 'LOOPBACK');

    expect(await via('127.0.0.1, ::1')).toBe(ANYBODY);
    await expect(via('192.0.2.1')).rejects.toMatchObject({ statusCode: 403 });
    await expect(via('127.0.0.1, 192.0.2.1')).rejects.toMatchObject({ statusCode: 403 });
    await expect(
      callerOf(from('127.0.0.1', { forwarded: 'for=192.0.2.1' }), 'LOOPBACK'),
    ).rejects.toMatchObject({ statusCode: 403 });
  });

  it('a page of another site cannot ask by having its name point here', async () => {
    await expect(
      callerOf(from('127.0.0.1', { host: 'evil.example.com:4001' }), 'LOOPBACK'),
    ).rejects.toMatchObject({ statusCode: 403 });
  });
});

describe('a router secret', () => {
  it('is asked of every request but health and a preflight', async () => {
    await using service = await startService({ routerSecret: SECRET, corsOrigins: ['https://app.test'] });
    const statusOf = async (path: string, headers = {}) =>
      (await fetch(`${service.origin}${path}`, { headers })).status;

    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
    const preflight = { origin: 'https://app.test', 'access-control-request-method': 'POST' };
    const asked = await fetch(service.url, { method: 'OPTIONS', headers: preflight });
    expect(asked.status).toBe(204);
    expect(await statusOf('/nothing')).toBe(401);
    expect(await statusOf('/nothing', { 'x-router-secret': SECRET })).toBe(404);
    expect(await statusOf('/graphiql')).toBe(401);
    expect(await statusOf('/graphiql/nothing.js', { 'x-router-secret': SECRET })).toBe(404);
    expect(service.log()).not.toContain('The playground is at');
    expect(service.log()).toContain('/graphiql needs ROUTER_SECRET in the header x-router-secret');
    expect(await statusOf('/graphiql', { 'x-router-secret': SECRET })).toBe(200);
  });

  it.each<[string, string, Record<string, string>]>([
    ['is missing', 'is missing', {}],
    ['is another', 'is wrong', { 'x-router-secret': `${SECRET.slice(0, -1)}x` }],
    ['is given in part', 'is wrong', { 'x-router-secret': SECRET.slice(0, -1) }],
    ['is given twice', 'is wrong', { 'x-router-secret': `${SECRET}, ${SECRET}` }],
  ])('refuses a request where it %s', async (_what, reason, headers) => {
    await using service = await startService({ routerSecret: SECRET });

    const { data, errors } = await service.query('{ __typename }', {}, headers);

    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message: `The header x-router-secret ${reason}. Send this through the router: it knows the router secret.`,
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ]);
  });

  it('lets a request in, and is not logged', async () => {
    await using service = await startService({ routerSecret: SECRET });

    const { data } = await service.query('{ __typename }', {}, { 'x-router-secret': SECRET });

    expect(data).toEqual({ __typename: 'Query' });
    expect(service.log()).not.toContain(SECRET);
  });
});

describe('while the key server was never there', () => {
  it('who calls cannot be told, which is not the caller’s fault', async () => {
    await using issuer = await startIssuer();
    issuer.fail(true);
    await using service = await startService({ access: issuer.config });

    const response = await fetch(service.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token()}` },
      body: JSON.stringify({ query: '{ __typename }' }),
    });

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'Access tokens cannot be checked right now. Try again later.' }],
    });
    expect(service.log()).toContain('The keys of AUTH_JWKS_URL cannot be fetched, and never were');
    expect(service.log()).toContain('"msg":"Request refused"');
    expect((await fetch(`${service.origin}/readyz`)).status).toBe(503);
  });
});
