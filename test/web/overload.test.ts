import { describe, expect, it, vi } from 'vitest';

import { startService } from '../support/service.ts';

const START = 'mutation { startOnboardingSession(input: {}) { sessionToken userErrors { code } } }';

function post(url: string, query: string) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
}

/** Keeps the process from doing anything else for so long. */
function blockFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('with as many operations under way as may be', () => {
  it('refuses the next at once, answers for its health, and finishes what it has begun', async () => {
    await using service = await startService({ maxInFlight: 2 });
    await service.fault('incode', { match: 'POST /omni/start', delayMs: 1_000, times: 2 });
    const begun = [1, 2].map(() => post(service.url, START));
    await vi.waitFor(async () => expect(await service.requests('incode')).toHaveLength(2));

    const refused = await post(service.url, START);
    const health = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(service.origin + path)));
    const requestsMeanwhile = (await service.requests('incode')).length;

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(refused.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await refused.json()).toEqual({
      errors: [
        {
          message:
            'There is too much to do right now, so nothing of this was carried out. Send it again in 1 s.',
          extensions: {
            code: 'INTERNAL_SERVER_ERROR',
            requestId: refused.headers.get('x-request-id'),
          },
        },
      ],
    });
    expect(health.map(({ status }) => status)).toEqual([200, 200]);
    expect(requestsMeanwhile).toBe(2);
    for (const answer of await Promise.all(begun)) {
      expect(await answer.json()).toMatchObject({ data: { startOnboardingSession: { userErrors: [] } } });
    }
    await vi.waitFor(async () => expect((await post(service.url, '{ __typename }')).status).toBe(200));
  });

  it('tells the log when it begins and when it is over, however many are refused', async () => {
    await using service = await startService({ maxInFlight: 1 });
    await service.fault('incode', { match: 'POST /omni/start', delayMs: 500 });
    const begun = post(service.url, START);
    await vi.waitFor(async () => expect(await service.requests('incode')).toHaveLength(1));

    const refused = await Promise.all(Array.from({ length: 20 }, () => post(service.url, START)));
    await begun;

    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    await vi.waitFor(() => expect(service.log()).toContain('No longer overloaded'), 10_000);
    expect(service.log().match(/verloaded/g)).toHaveLength(2);
    expect(service.log()).toContain('"refused":20');
  });
});

describe('while the event loop lags', () => {
  it('refuses operations, not the question for its health, and recovers', async () => {
    await using service = await startService({ maxEventLoopDelayMs: 100 });
    const blocking = setInterval(() => blockFor(300), 1);
    const statuses = async () => [
      (await post(service.url, '{ __typename }')).status,
      (await fetch(`${service.origin}/healthz`)).status,
    ];

    try {
      await vi.waitFor(async () => expect(await statuses()).toEqual([503, 200]), 15_000);
    } finally {
      clearInterval(blocking);
    }

    await vi.waitFor(async () => expect(await statuses()).toEqual([200, 200]), 15_000);
  }, 40_000);
});
