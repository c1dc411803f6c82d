import { request } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const json = { 'content-type': 'application/json' };
const graphqlJson = { ...json, accept: 'application/graphql-response+json' };
const post = (body: string, headers: Record<string, string> = json) =>
  fetch(service.url, { method: 'POST', headers, body });

describe('/graphql', () => {
  it('answers a query sent by GET', async () => {
    const url = `${service.url}?query=${encodeURIComponent('{ __typename }')}`;

    const response = await fetch(url, { headers: { ...json, accept: 'application/json' } });

    expect([response.status, await response.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  it('does not carry out a mutation sent by GET', async () => {
    const before = (await service.requests('incode')).length;
    const query = encodeURIComponent('mutation { startOnboardingSession(input: {}) { sessionToken } }');

    const response = await fetch(`${service.url}?query=${query}`, { headers: json });

    expect(response.status).toBe(405);
    expect(await service.requests('incode')).toHaveLength(before);
  });

  it.each([
    ['malformed JSON', '{"query": ', json, 400],
    ['an empty body', '', json, 400],
    ['a list', '[]', json, 400],
    ['a batch', '[{"query":"{__typename}"}]', json, 400],
    ['a number for a query', '{"query": 1}', json, 400],
    ['no operation', '{"query": "fragment f on Query { __typename }"}', graphqlJson, 400],
    [
      'an unknown operation name',
      '{"query": "query a { __typename }", "operationName": "b"}',
      graphqlJson,
      400,
    ],
    ['text', '{ __typename }', { 'content-type': 'text/plain' }, 415],
    ['a form', 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['more than 1 MiB', `{"query": "${'x'.repeat(1_100_000)}"}`, json, 413],
    ['a syntax error', '{"query": "{"}', graphqlJson, 400],
    ['an unknown field', '{"query": "{ nothing }"}', graphqlJson, 400],
  ])('answers %s with a coded JSON error', async (_what, body, headers, status) => {
    const response = await post(body, headers);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    const { errors } = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] };
    expect(errors[0]?.extensions['code']).toMatch(/^(BAD_USER_INPUT|GRAPHQL_\w+)$/);
    expect(errors[0]?.extensions['requestId']).toBe(response.headers.get('x-request-id'));
  });

  it("keeps a router's request id, in the answer and in the log", async () => {
    await post('{"query":"{ onboardingSession(id: \\"..\\") { id } }"}', {
      ...json,
      'x-request-id': 'router-id-12345',
    });

    expect(service.log()).toContain('"requestId":"router-id-12345"');
  });

  it('does not keep a request id that could be anything', async () => {
    const response = await post('{"query":"{ __typename }"}', { ...json, 'x-request-id': 'Maria Lopez 555' });

    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

/** What is answered to a request that asks for this host. */
function answerTo(host: string, path: string, { origin } = service) {
  const answered = Promise.withResolvers<{ status: number | undefined; body: string }>();
  const headers = { ...json, host };
  const asked = request(`${origin}${path}`, { headers }, (response) => {
    void text(response).then((body) => answered.resolve({ status: response.statusCode, body }));
  });
  asked.end();
  return answered.promise;
}

const OTHER_HOSTS = [
  'evil.example',
  'evil.example:4001',
  'localhost.evil.example',
  'localhost..',
  'xlocalhost',
];

describe('a page of another site that has its name point here', () => {
  it.each(OTHER_HOSTS)('is refused as %s, and told what else there is', async (host) => {
    for (const path of ['/graphql?query={__typename}', '/graphiql', '/', '/nothing']) {
      const { status, body } = await answerTo(host, path);

      expect(status).toBe(421);
      expect(body).toMatch(/ask for it as localhost\..* AUTH_JWKS_URL.* AUTH=none\./);
    }
  });

  it.each([
    'localhost',
    'LOCALHOST:80',
    'localhost.',
    'app.localhost:4001',
    'a.b.localhost.',
    '127.0.0.1',
    '[::1]:1',
  ])('is none on this machine: %s', async (host) => {
    expect(await answerTo(host, '/graphql?query={__typename}')).toMatchObject({ status: 200 });
  });

  it.each(OTHER_HOSTS)('is told of our health as %s, as every probe is', async (host) => {
    expect(await answerTo(host, '/healthz')).toMatchObject({ status: 200 });
    expect(await answerTo(host, '/readyz')).toMatchObject({ status: 200 });
  });

  it('is answered where the graph is open to everybody on purpose', async () => {
    await using open = await startService({ access: 'NONE' });

    for (const host of ['onboarding', 'onboarding.internal:4001']) {
      expect(await answerTo(host, '/graphql?query={__typename}', open)).toMatchObject({ status: 200 });
      expect(await answerTo(host, '/graphiql', open)).toMatchObject({ status: 200 });
    }
  });
});

describe('the other routes', () => {
  it.each(['/%ZZsecret?ssn=1', `/graphiql/${'a'.repeat(500)}`])(
    'answer %s without repeating it',
    async (path) => {
      const response = await fetch(service.origin + path);
      const answer = await response.text();

      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(answer).toContain('requestId');
      expect(answer).not.toMatch(/secret|aaaa|FST_/);
    },
  );

  it('/healthz says that the process lives, /readyz that it takes work', async () => {
    const [health, ready] = await Promise.all([
      fetch(`${service.origin}/healthz`),
      fetch(`${service.origin}/readyz`),
    ]);

    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        providers: { INCODE: 'AVAILABLE', INCREASE: 'AVAILABLE', RELAY: 'AVAILABLE' },
      },
    ]);
  });

  it('/ leads to the playground', async () => {
    const response = await fetch(service.origin, { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphiql']);
  });

  it('an unknown path is a 404 that says where the graph is', async () => {
    const response = await fetch(`${service.origin}/nothing`);

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('/graphql'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('has no playground and no introspection where they are off', async () => {
    await using closed = await startService({ playground: false, introspection: false });

    const [page, root] = await Promise.all([fetch(`${closed.origin}/graphiql`), fetch(closed.origin)]);
    const { errors } = await closed.query('{ __schema { queryType { name } } }');

    expect([page.status, root.status]).toEqual([404, 404]);
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });
});

describe('an error about a name that the schema lacks', () => {
  const misspelt: [what: string, query: string, variables?: object][] = [
    ['a field', '{ onboardingSessionz { nodes { id } } }'],
    ['an argument', '{ onboardingSessions(firts: 1) { nodes { id } } }'],
    ['a type', 'query ($a: Intt) { onboardingSessions(first: $a) { nodes { id } } }'],
    ['a fragment', '{ _entities(representations: []) { ... on Programm { id } } }'],
    ['a field of a union', '{ _entities(representations: []) { id } }'],
    ['an enum value', '{ entityOnboardingSessions(filter: { statusIn: [ACTIV] }) { nodes { id } } }'],
    ['an input field', '{ onboardingSessions(filter: { externalCustomer: "c" }) { nodes { id } } }'],
    [
      'an input field of a variable',
      'query ($f: OnboardingSessionFilter) { onboardingSessions(filter: $f) { nodes { id } } }',
      { f: { externalCustomer: 'c' } },
    ],
    [
      'an enum value of a variable',
      'query ($f: EntityOnboardingSessionFilter) { entityOnboardingSessions(filter: $f) { nodes { id } } }',
      { f: { statusIn: ['ACTIV'] } },
    ],
  ];

  it('suggests one in development', async () => {
    const { errors } = await service.query(misspelt[0]![1]);

    expect(errors?.[0]?.message).toContain('Did you mean "onboardingSession"');
  });

  it('suggests none in production, even with introspection on', async () => {
    await using production = await startService({ isProduction: true, introspection: true });

    const answers = await Promise.all(
      misspelt.map(([, query, variables]) => production.query(query, variables)),
    );

    const messages = answers.map(({ errors }) => errors?.[0]?.message);
    expect(messages).toHaveLength(misspelt.length);
    for (const message of messages) expect(message).toMatch(/^(?!.*Did you mean).+\.$/);
  });
});

describe('time and callers', () => {
  it('tells a provider that takes too long, and answers the others', async () => {
    await using hasty = await startService({ policies: readConfig({ PROVIDER_TIMEOUT_MS: '100' }).policies });
    await hasty.fault('increase', { match: '/programs/', delayMs: 2_000, times: 3 });

    const { data, errors } = await hasty.query(/* GraphQL */ `
      {
        entityOnboardingSession(id: "entity_onboarding_session_sandbox000000000001") {
          id
          program {
            name
          }
        }
        onboardingSessions {
          nodes {
            id
          }
        }
      }
    `);

    expect(data.entityOnboardingSession).toMatchObject({ program: { name: null } });
    expect(data.onboardingSessions).toEqual({ nodes: [] });
    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_TIMEOUT', provider: 'INCREASE' } }]);
  });

  it('ends an operation when its time is up, while what was sent is still stored', async () => {
    await using hasty = await startService({ operationTimeoutMs: 150 });
    await hasty.fault('incode', { match: '/omni/start', delayMs: 600 });

    const { data, errors } = await hasty.query(/* GraphQL */ `
      mutation {
        startOnboardingSession(input: { externalCustomerId: "late" }) {
          sessionToken
        }
      }
    `);

    expect(data).toEqual({ startOnboardingSession: null });
    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_TIMEOUT', provider: 'INCODE' } }]);
    await expect
      .poll(async () => {
        const answer = await hasty.query(
          '{ onboardingSessions(filter: { externalCustomerId: "late" }) { nodes { id } } }',
        );
        return answer.data.onboardingSessions.nodes;
      })
      .toHaveLength(1);
  });

  it('sends nothing more for a caller who has gone away', async () => {
    await service.fault('incode', { match: '/omni/start', delayMs: 300 });
    const before = (await service.requests('incode')).length;
    const body = JSON.stringify({
      query: `mutation {
        a: startOnboardingSession(input: { externalCustomerId: "gone" }) { sessionToken }
        b: startOnboardingSession(input: { externalCustomerId: "gone" }) { sessionToken }
      }`,
    });
    const caller = request(service.url, { method: 'POST', headers: json });
    caller.on('error', () => undefined);
    caller.end(body);
    await expect.poll(async () => (await service.requests('incode')).length).toBe(before + 1);

    caller.destroy();

    const gone = '{ onboardingSessions(filter: { externalCustomerId: "gone" }) { nodes { id } } }';
    await expect.poll(async () => (await service.query(gone)).data.onboardingSessions.nodes).toHaveLength(1);
    await expect.poll(() => service.log()).toContain('"callerWentAway":true');
    const sent = (await service.requests('incode'))
      .slice(before)
      .filter(({ path }) => path === '/omni/start');
    expect(sent).toHaveLength(1);
  });
});
