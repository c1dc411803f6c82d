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
    .map(
      (line) =>
        JSON.parse(line) as {
          level: number;
          msg: string;
          times?: number;
          codes?: string[];
          fields?: string[];
          userErrors?: string[];
        },
    );

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

  it('names a failed field by the schema, whatever its caller calls it', async () => {
    await service.fault('increase', { match: 'GET /programs/', status: 500, times: 20 });
    const before = lines().length;

    await service.query(
      `{ ...F } fragment F on Query { p15551234567_zebulon: entityOnboardingSessions(first: 1) {
        zebulon_nodes: nodes { ... on EntityOnboardingSession { zebulon_program: program { zebulon_name: name } } } } }`,
    );

    expect(
      lines()
        .slice(before)
        .filter(({ msg }) => msg === 'A field failed'),
    ).toMatchObject([{ path: 'entityOnboardingSessions.nodes.0.program.name' }]);
    expect(service.log()).not.toContain('zebulon');
  });

  it.each([
    ['Customer_15551234567', 'other'],
    ['call_555_123_4567', 'other'],
    ['Of12345', 'other'],
    ['CustomerV2_2026', 'CustomerV2_2026'],
  ])('tells an operation’s name unless it may be somebody’s: %s is %s', async (name, told) => {
    await service.query(`query ${name} { __typename }`);

    expect(lines().at(-1)).toMatchObject({ msg: 'Operation', operation: told });
  });

  it.each([
    ['{ a: onboardingSessions { nodes { id } } b: __typename }', ['onboardingSessions', '__typename']],
    [
      '{ ...F ...F ... { ...F c: onboardingSessions { nodes { id } } } } fragment F on Query { d: onboardingSession(id: "1") { id } }',
      ['onboardingSession', 'onboardingSessions'],
    ],
    [
      `{ ${Array.from({ length: 25 }, (_each, index) => `a${index}: __typename`).join(' ')} }`,
      ['__typename'],
    ],
  ])('names the fields of an operation that has no name by the schema: %s', async (query, fields) => {
    await service.query(query);

    expect(lines().at(-1)).toMatchObject({ msg: 'Operation', operation: null, fields });
  });

  it('names no more than ten fields, and none of an operation that has a name or is not of this schema', async () => {
    const all =
      '{ onboardingSession(id: "1") { id } onboardingSessions { nodes { id } } entityOnboardingSession(id: "1") { id } ' +
      'entityOnboardingSessions { nodes { id } } customerOnboard(id: "1") { id } customerOnboards { nodes { id } } ' +
      'onboardingCustomer(id: "1") { id } __typename __schema { description } _service { sdl } ' +
      '_entities(representations: []) { __typename } }';

    await service.query(all);
    expect(lines().at(-1)?.fields).toHaveLength(10);
    await service.query('query Named { __typename }');
    expect(lines().at(-1)).toMatchObject({ operation: 'Named' });
    expect(lines().at(-1)).not.toHaveProperty('fields');
    await service.query('{ jane_doe_15555550100 }');
    expect(lines().at(-1)).not.toHaveProperty('fields');
    expect(service.log()).not.toContain('jane_doe');
  });

  it('goes into fragments that contain each other many times over once', async () => {
    const doubling = Array.from(
      { length: 60 },
      (_each, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    ).join(' ');

    await service.query(`{ ...F0 } ${doubling} fragment F60 on Query { __typename }`);

    expect(lines().at(-1)).toMatchObject({ fields: ['__typename'] });
  });

  it('has the codes of what was refused, each once, whatever the caller asks of it', async () => {
    const { data } = await service.query(/* GraphQL */ `
      mutation {
        a: completeOnboardingSession(input: { id: "64f1ffffffffffffffffffff" }) {
          onboardingSession {
            id
          }
        }
        b: completeOnboardingSession(input: { id: "64f1ffffffffffffffffffff" }) {
          refused: userErrors {
            why: message
          }
        }
        c: startOnboardingSession(input: { externalCustomerId: "" }) {
          userErrors {
            code
          }
        }
      }
    `);

    expect(data).toMatchObject({ b: { refused: [{}] } });
    expect(lines().at(-1)).toMatchObject({
      msg: 'Operation',
      kind: 'mutation',
      fields: ['completeOnboardingSession', 'startOnboardingSession'],
      userErrors: ['NOT_FOUND', 'INVALID_INPUT'],
    });
    await service.query('{ __typename }');
    expect(lines().at(-1)).not.toHaveProperty('userErrors');
  });
});
