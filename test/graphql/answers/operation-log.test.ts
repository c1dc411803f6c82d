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
