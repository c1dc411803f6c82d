import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const lines = () =>
  service
    .log()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { level: number; msg: string; times?: number; codes?: string[] });

describe('the log', () => {
  it('has one line for an outage, however many fields it failed', async () => {
    await service.fault('increase', { match: 'GET /programs/', status: 500, times: 50 });

    const { errors = [] } = await service.query(
      '{ entityOnboardingSessions(first: 50) { nodes { program { name bank createdAt } } } }',
    );

    const failures = lines().filter(({ msg }) => msg === 'A field failed');
    const programs = new Set(failures.map((line) => JSON.stringify(line)));
    expect(errors.length).toBeGreaterThan(60);
    expect(failures.reduce((sum, { times = 1 }) => sum + times, 0)).toBe(errors.length);
    expect(programs.size).toBeLessThanOrEqual(5);
    expect(lines().at(-1)).toMatchObject({ msg: 'Operation', codes: ['PROVIDER_UNAVAILABLE'] });
  });

  it.each([
    [
      'increase',
      '/programs/',
      '{ entityOnboardingSessions(first: 20) { nodes { program { name bank createdAt } } } }',
    ],
    ['incode', '/omni/start', 'mutation { startOnboardingSession(input: {}) { userErrors { code } } }'],
  ] as const)(
    'has one line for a caller who goes away while %s is asked, at debug',
    async (name, route, query) => {
      await service.fault(name, { match: route, delayMs: 2_000, times: 8 });
      const before = lines().length;
      const leaving = new AbortController();
      const answer = fetch(service.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: leaving.signal,
      });
      await expect
        .poll(async () => (await service.requests(name)).map(({ path }) => path).join())
        .toContain(route);

      leaving.abort();
      await expect(answer).rejects.toThrow('aborted');
      await expect
        .poll(() => lines().slice(before).at(-1))
        .toMatchObject({ msg: 'Operation', callerWentAway: true });

      const since = lines().slice(before);
      expect(since.at(-1)).not.toHaveProperty('codes');
      expect(since.filter(({ level }) => level > 30)).toEqual([]);
      expect(since.filter(({ msg }) => msg === 'The caller went away before the answer')).toMatchObject([
        { level: 20, requestId: expect.any(String) },
      ]);
    },
  );

  it('has one line for sessions whose tokens are past their life, without a warning', async () => {
    const start =
      'mutation { startOnboardingSession(input: { externalCustomerId: "old" }) { sessionToken } }';
    await service.query(start);
    await service.query(start);
    await service.fault('incode', { match: '/status', status: 401, times: 2 });
    const before = lines().length;

    await service.query('{ onboardingSessions(filter: { externalCustomerId: "old" }) { nodes { status } } }');

    const since = lines().slice(before);
    expect(since.filter(({ level }) => level > 30)).toEqual([]);
    expect(since.filter(({ msg }) => msg === 'A provider no longer accepts a session’s token')).toMatchObject(
      [{ level: 30, times: 2 }],
    );
  });

  it.each<[string, object]>([
    ['query ($id: ID = "x") { onboardingSession(id: $id) { id } }', { id: null }],
    ['query ($is: Boolean = true) { onboardingSessions { nodes @include(if: $is) { id } } }', { is: null }],
  ])('takes what a caller did wrong for no error of ours: %s', async (query, variables) => {
    const { errors } = await service.query(query, variables);

    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^Argument "\w+" of non-null type "\w+!" must not be null\.$/),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(lines().filter(({ level }) => level >= 50)).toEqual([]);
  });
});
