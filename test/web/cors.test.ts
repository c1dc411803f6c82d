import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

const page = 'https://app.example.com';
const preflight = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};
const operation = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ __typename }"}',
};

let service: Service;
beforeAll(async () => {
  service = await startService({ corsOrigins: ['https://other.example.com', page] });
});
afterAll(() => service.stop());

/** Asks as a browser does for a page of this origin. */
function from(origin: string, { headers, ...init }: RequestInit, url = service.url): Promise<Response> {
  return fetch(url, { ...init, headers: { ...(headers as Record<string, string>), origin } });
}

describe('a page of an origin in CORS_ORIGINS', () => {
  it('is told by the preflight that it may post, with the headers it asks for', async () => {
    const { status, headers } = await from(page, { method: 'OPTIONS', headers: preflight });

    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(headers.get('access-control-max-age')).toBe('7200');
  });

  it.each([
    ['an answer', operation, 200],
    ['a refusal', { ...operation, body: '{' }, 400],
    ['that a method is not allowed', { method: 'PUT' }, 405],
  ])('may read %s and its request id, without credentials', async (_what, init, expected) => {
    const { status, headers } = await from(page, init);

    expect(status).toBe(expected);
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-expose-headers')).toBe('x-request-id');
    expect(headers.has('access-control-allow-credentials')).toBe(false);
    expect(headers.get('vary')).toMatch(/\borigin\b/i);
  });
});

it('an answer that may be kept depends on the origin as well as on the caller', async () => {
  const { headers } = await from(page, operation);

  expect(headers.get('vary')).toBe('Origin, accept, authorization');
});

describe('a page of any other origin', () => {
  it.each([
    'https://evil.example.com',
    'https://app.example.com.evil.example',
    'http://app.example.com',
    'null',
  ])('as %s may neither ask nor read', async (origin) => {
    const [asked, answered] = await Promise.all([
      from(origin, { method: 'OPTIONS', headers: preflight }),
      from(origin, operation),
    ]);

    expect(asked.headers.has('access-control-allow-origin')).toBe(false);
    expect(answered.headers.has('access-control-allow-origin')).toBe(false);
    expect(answered.headers.get('vary')).toMatch(/\borigin\b/i);
  });

  it('may not where CORS_ORIGINS is not set', async () => {
    await using closed = await startService();

    const asked = await from(page, { method: 'OPTIONS', headers: preflight }, closed.url);
    const answered = await from(page, operation, closed.url);

    expect(asked.status).toBe(405);
    for (const { headers } of [asked, answered]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

describe('an OPTIONS that is no preflight', () => {
  it('is answered without a body', async () => {
    const response = await from(page, { method: 'OPTIONS' });

    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});
