import { setTimeout as delay } from 'node:timers/promises';

import type { Behaviour, Fault } from './faulty-proxy.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers with this, whatever was asked; what was asked is not carried out. */
const answering =
  (status: number, body: string | Buffer, headers: Record<string, string> = JSON_TYPE): Behaviour =>
  ({ request, response }) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  };

/** Carries out what was asked, and answers its body in some other way. */
const spoiling =
  (spoil: (body: string) => string | Buffer, headers: Record<string, string> = JSON_TYPE): Behaviour =>
  async ({ response, carriedOut }) => {
    const { status, body } = await carriedOut();
    response.writeHead(status, headers).end(spoil(body));
  };

type Fields = Record<string, unknown>;

/** Carries out what was asked, and changes the object that is answered, or each that is listed. */
const changing = (change: (object: Fields) => unknown): Behaviour =>
  spoiling((body) => {
    const answer = JSON.parse(body) as Fields;
    const changed = Array.isArray(answer.data)
      ? { ...answer, data: (answer.data as Fields[]).map(change) }
      : change(answer);
    return JSON.stringify(changed);
  });

/** Each provider's way to tell of an error, all at once. */
const ERROR = {
  type: 'internal_server_error',
  title: 'Internal server error',
  status: 500,
  error: 'Internal Server Error',
  message: 'Internal server error',
};

const redirect: Behaviour = ({ request, response }) => {
  request.resume();
  response.writeHead(301, { location: `https://elsewhere.example${request.url}` }).end();
};

/** What a provider does on a bad day, by name. */
export const faults = {
  'connections refused': 'REFUSED',
  'reset before the request': 'RESET',
  'reset after the request': async ({ request, carriedOut }) => {
    await carriedOut();
    request.socket.resetAndDestroy();
  },
  'hangs before headers': async ({ carriedOut }) => {
    await carriedOut();
  },
  'hangs in the body': async ({ response, carriedOut }) => {
    const { body } = await carriedOut();
    response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) });
    response.write(body.slice(0, 5));
  },
  'one byte at a time': async ({ response, carriedOut }) => {
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
  'HTML with 502': answering(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
  '200 with an error': answering(200, JSON.stringify(ERROR)),
  '429 with seconds': answering(429, '{}', { ...JSON_TYPE, 'retry-after': '60' }),
  '429 with a date': (exchange) => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    return answering(429, '{}', { ...JSON_TYPE, 'retry-after': inAMinute })(exchange);
  },
  '429 with a hint in the body': answering(
    429,
    '{"type":"rate_limited_error","title":"","status":429,"retry_after":60}',
  ),
  '500': answering(500, JSON.stringify(ERROR)),
  '503 that heals': (exchange) =>
    exchange.count === 1 ? answering(503, '{}')(exchange) : spoiling((body) => body)(exchange),
  '301 to elsewhere': redirect,
  '204': answering(204, '', {}),
  '20 MB': answering(200, Buffer.alloc(20 * 1024 * 1024, ' ')),
  'bad UTF-8 in its structure': spoiling((body) => Buffer.concat([Buffer.from(body), Buffer.from([0xff])])),
  'bad UTF-8 in a text': spoiling((body) => Buffer.from(body.replace('{', '{"brand_new":"\xff",'), 'latin1')),
  'an unknown enum value': changing((object) => ({
    ...object,
    ...('status' in object && { status: 'brand_new' }),
    ...('onboardingStatus' in object && { onboardingStatus: 'BRAND_NEW' }),
    ...('action' in object && { action: 'brand-new' }),
    ...('message' in object && { message: 'Brand new' }),
  })),
  'every field missing': changing(() => ({})),
  'extra fields': changing((object) => ({ ...object, brand_new: { of: ['some', 'kind'] } })),
  'duplicate keys': spoiling((body) => body.replace('{', '{"brand_new":1,"brand_new":{},')),
  'a BOM': spoiling((body) => `\ufeff${body}`),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
