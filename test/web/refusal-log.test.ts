import { connect } from 'node:net';
import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startIssuer, type Issuer } from '../support/issuer.ts';
import { startService, type Service } from '../support/service.ts';

const json = { 'content-type': 'application/json' };
const SECRET = 'a-secret-of-the-router';
const own = { ...json, 'x-router-secret': SECRET };

let issuer: Issuer;
let service: Service;
beforeAll(async () => {
  issuer = await startIssuer();
  service = await startService({ access: issuer.config, routerSecret: SECRET });
});
afterAll(async () => {
  await service.stop();
  await issuer[Symbol.asyncDispose]();
});

const lines = () =>
  service
    .log()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const lineOf = (requestId: string | null) =>
  lines().filter((line) => line['requestId'] === requestId && line['requestId'] !== null);
const send = (path: string, init: RequestInit = {}) => fetch(`${service.origin}${path}`, init);
const post = (body: string, headers: Record<string, string> = own) =>
  send('/graphql', { method: 'POST', headers, body });

describe('a request that is refused', () => {
  it.each<[what: string, status: number, reason: RegExp, sent: () => Promise<Response>]>([
    ['malformed JSON', 400, /not valid JSON/, () => post('{"query": "secret-value')],
    ['a batch', 400, /one operation/, () => post('[{"query":"{ __typename }"}]')],
    ['more than 1 MiB', 413, /1 MiB/, () => post(`{"query":"${'x'.repeat(1_100_000)}"}`)],
    ['too many tokens', 400, /5000 tokens/, () => post(`{"query":"{${'__typename '.repeat(5_100)}}"}`)],
    [
      'a media type by GET',
      415,
      /content-type/,
      () => send('/graphql?query={__typename}', { headers: { ...own, 'content-type': 'a/b' } }),
    ],
    ['no router secret', 401, /router/, () => post('{"query":"{ __typename }"}', json)],
    ['no route', 404, /nothing here/, () => send('/nothing-secret-value', { headers: own })],
    ['another method', 405, /POST/, () => send('/graphql', { method: 'PUT', headers: own })],
    [
      'a text that is no token',
      401,
      /not a signed JWT/,
      () => post('{"query":"{ __typename }"}', { ...own, authorization: 'Bearer secret-value' }),
    ],
    [
      'a page of another site',
      400,
      /CSRF|blocked/,
      () => send('/graphql?query={__typename}', { headers: { 'x-router-secret': SECRET } }),
    ],
    [
      'malformed variables',
      400,
      /variables/,
      () => send('/graphql?query={__typename}&variables=secret-value', { headers: own }),
    ],
    [
      'malformed extensions',
      400,
      /extensions/,
      () => post('{"query":"{ __typename }","extensions":"secret-value"}'),
    ],
  ])('has one line, without its values: %s', async (_what, status, reason, sent) => {
    const response = await sent();
    const { errors } = (await response.json()) as { errors: [{ extensions: Record<string, unknown> }] };

    expect(response.status).toBe(status);
    expect(lineOf(response.headers.get('x-request-id'))).toEqual([
      expect.objectContaining({
        level: 30,
        msg: 'Request refused',
        status,
        code: errors[0].extensions['code'],
        reason: expect.stringMatching(reason),
      }),
    ]);
    expect(service.log()).not.toContain('secret-value');
  });

  it.each([
    ['issuer', { issuer: 'https://evil.example.com' }, { expectedIss: 'https://id.example.com' }],
    ['audience', { audience: 'payments' }, { expectedAud: 'onboarding' }],
  ])('for the %s of its token has what was expected in the log', async (_what, options, expected) => {
    const token = await issuer.token(options);

    const response = await post('{"query":"{ __typename }"}', { ...own, authorization: `Bearer ${token}` });

    expect(lineOf(response.headers.get('x-request-id'))).toMatchObject([{ status: 401, ...expected }]);
    expect(await response.text()).not.toContain(Object.values(expected)[0]);
    expect(service.log()).not.toMatch(/evil\.example|payments/);
    expect(service.log()).not.toContain(token);
  });

  it('that is not HTTP has one line', async () => {
    const socket = connect(Number(new URL(service.origin).port), '127.0.0.1');
    socket.end('secret-value\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    const [, requestId = ''] = /x-request-id: (\S+)/.exec(answer.toString()) ?? [];

    expect(lineOf(requestId)).toMatchObject([{ msg: 'Request refused', status: 400 }]);
  });

  it('because its caller hung up within it has one line that says so', async () => {
    const socket = connect(Number(new URL(service.origin).port), '127.0.0.1');
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-router-secret: ${SECRET}\r\nx-request-id: hung-up-within-it-1\r\n` +
        'content-type: application/json\r\ncontent-length: 100\r\n\r\n{"query": "secret-value',
    );
    await once(socket, 'ready');
    socket.end(() => socket.destroy());

    await expect
      .poll(() => lineOf('hung-up-within-it-1'))
      .toMatchObject([
        { msg: 'Request refused', reason: 'The request was broken off before it had arrived.' },
      ]);
  });
});
