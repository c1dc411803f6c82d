import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('the playground, over HTTP', () => {
  it('allows the page nothing but what the service serves', async () => {
    const { headers } = await fetch(`${service.origin}/graphiql`);

    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
  });

  it('sends a file that the browser has only once', async () => {
    const first = await fetch(`${service.origin}/graphiql/start.js`);
    const etag = first.headers.get('etag')!;

    const second = await fetch(`${service.origin}/graphiql/start.js`, { headers: { 'if-none-match': etag } });

    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });

  it('serves no other file', async () => {
    const answers = ['page.ts', '..%2Fplayground.ts', '%2e%2e/package.json'].map((name) =>
      fetch(`${service.origin}/graphiql/${name}`),
    );

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
