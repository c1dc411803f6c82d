import { setTimeout as delay } from 'node:timers/promises';

import type { Fault } from './faulty-proxy.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers with this, whatever was asked; what was asked is not carried out. */
const answering =
  (status: number, body: string | Buffer, headers: Record<string, string> = JSON_TYPE): Fault =>
  ({ request, response }) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  };

/** Carries out what was asked, and answers it changed. */
const changing =
  (change: (body: Record<string, unknown>) => unknown): Fault =>
  async ({ response }, carriedOut) => {
    const { status, body } = await carriedOut();
    response
      .writeHead(status, JSON_TYPE)
      .end(JSON.stringify(change(JSON.parse(body) as Record<string, unknown>)));
  };

/** Carries out what was asked, and answers its body in some other way. */
const spoiling =
  (spoil: (body: string) => string | Buffer, headers: Record<string, string> = JSON_TYPE): Fault =>
  async ({ response }, carriedOut) => {
    const { status, body } = await carriedOut();
    response.writeHead(status, headers).end(spoil(body));
  };

/** What a provider does on a bad day, by name. */
export const faults = {
  'reset after the request': async ({ request }, carriedOut) => {
    await carriedOut();
    request.socket.resetAndDestroy();
  },
  'hang before headers': async (_exchange, carriedOut) => {
    await carriedOut();
  },
  'hang in the body': async ({ response }, carriedOut) => {
    const { body } = await carriedOut();
    response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) });
    response.write(body.slice(0, 5));
  },
  'one byte at a time': async ({ response }, carriedOut) => {
    const { body } = await carriedOut();
    response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) });
    for (const character of body) {
      if (response.destroyed) return;
      response.write(character);
      await delay(50);
    }
  },
  'truncated JSON': spoiling((body) => body.slice(0, body.length / 2)),
  'HTML with 200': spoiling(() => '<html>Be right back</html>', { 'content-type': 'text/html' }),
  'JSON as text/plain': spoiling((body) => body, { 'content-type': 'text/plain' }),
  'HTML 502': answering(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
  '200 with an error body': answering(200, '{"type":"internal_server_error","title":"","status":500}'),
  '429 with seconds': answering(429, '{}', { ...JSON_TYPE, 'retry-after': '60' }),
  '429 with a date': ({ request, response }) => {
    request.resume();
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    response.writeHead(429, { ...JSON_TYPE, 'retry-after': inAMinute }).end('{}');
  },
  '429 with a hint in the body': answering(
    429,
    '{"type":"rate_limited_error","title":"","status":429,"retry_after":60}',
  ),
  '500': answering(500, '{"type":"internal_server_error","title":"","status":500}'),
  '503 that heals': async ({ response, request, count }, carriedOut) => {
    if (count === 1) {
      request.resume();
      response.writeHead(503, JSON_TYPE).end('{}');
      return;
    }
    const { status, body } = await carriedOut();
    response.writeHead(status, JSON_TYPE).end(body);
  },
  '301 to https': ({ request, response }) => {
    request.resume();
    response.writeHead(301, { location: `https://elsewhere.example${request.url}` }).end();
  },
  '204': ({ request, response }) => {
    request.resume();
    response.writeHead(204).end();
  },
  '20 MB': answering(200, Buffer.alloc(20 * 1024 * 1024, ' ')),
  'bad UTF-8': spoiling((body) => Buffer.concat([Buffer.from(body.slice(0, -1)), Buffer.from([0xff, 0xfe])])),
  'unknown enum': changing((body) => ({
    ...body,
    ...('status' in body && { status: 'brand_new' }),
    ...('onboardingStatus' in body && { onboardingStatus: 'BRAND_NEW' }),
    ...('action' in body && { action: 'brand-new' }),
  })),
  'missing field': changing(() => ({})),
  'extra fields': changing((body) => ({ ...body, brand_new: { of: ['some', 'kind'] } })),
  'duplicate keys': spoiling((body) => `{"brand_new":1,"brand_new":2,${body.slice(1)}`),
  'a BOM': spoiling((body) => `\ufeff${body}`),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
