import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const FIELDS = /* GraphQL */ `
  fragment Everything on EntityOnboardingSession {
    id
    status
    redirectUrl
    sessionUrl
    idempotencyKey
    submitted
    createdAt
    expiresAt
    program {
      id
      name
      bank
      createdAt
      updatedAt
    }
    entity {
      id
      structure
      status
      validationStatus
      createdAt
      creatingSession {
        id
      }
    }
  }
`;
const CREATE = /* GraphQL */ `
  mutation ($input: CreateEntityOnboardingSessionInput!) {
    createEntityOnboardingSession(input: $input) {
      entityOnboardingSession {
        ...Everything
      }
      userErrors {
        code
        field
        message
      }
    }
  }
  ${FIELDS}
`;
const end = (how: string) => /* GraphQL */ `
  mutation ($id: ID!) {
    ${how}EntityOnboardingSession(input: { id: $id }) {
      entityOnboardingSession { ...Everything }
      userErrors { code field message }
    }
  }
  ${FIELDS}
`;
const GET = /* GraphQL */ `
  query ($id: ID!) {
    entityOnboardingSession(id: $id) {
      ...Everything
    }
  }
  ${FIELDS}
`;

const newSession = { programId: 'program_sandbox000000000001', redirectUrl: 'https://example.com/done' };
const seed = (number: number) => `entity_onboarding_session_sandbox${String(number).padStart(12, '0')}`;

async function created(input: object = {}): Promise<{ id: string; sessionUrl: string }> {
  const { data } = await service.query(CREATE, { input: { ...newSession, ...input } });
  return data.createEntityOnboardingSession.entityOnboardingSession;
}

describe('createEntityOnboardingSession', () => {
  it('answers an active session with its form and its program', async () => {
    const { data, errors } = await service.query(CREATE, { input: newSession });

    expect(errors).toBeUndefined();
    expect(data.createEntityOnboardingSession).toMatchObject({
      userErrors: [],
      entityOnboardingSession: {
        id: expect.stringMatching(/^entity_onboarding_session_/),
        status: 'ACTIVE',
        redirectUrl: 'https://example.com/done',
        sessionUrl: expect.stringMatching(/^http/),
        submitted: false,
        entity: null,
        program: { id: newSession.programId, name: 'Commercial Banking', bank: expect.any(String) },
      },
    });
  });

  it.each(['https://example.com', 'HTTP://EXAMPLE.com/ä?x=%20#f', 'http://localhost:3000'])(
    'passes %s on exactly as given',
    async (redirectUrl) => {
      const { data } = await service.query(CREATE, { input: { ...newSession, redirectUrl } });

      expect(data.createEntityOnboardingSession.entityOnboardingSession.redirectUrl).toBe(redirectUrl);
      expect(
        (await service.requests('increase')).findLast(({ method }) => method === 'POST')?.body,
      ).toMatchObject({
        redirect_url: redirectUrl,
      });
    },
  );

  it('answers the same session for the same idempotency key', async () => {
    const first = await created({ idempotencyKey: 'same-key' });
    const second = await created({ idempotencyKey: 'same-key' });

    expect(second.id).toBe(first.id);
    expect(second).toMatchObject({ idempotencyKey: 'same-key' });
  });

  it('is refused for the same idempotency key with other arguments', async () => {
    await created({ idempotencyKey: 'reused-key' });

    const { data } = await service.query(CREATE, {
      input: { ...newSession, redirectUrl: 'https://example.com/other', idempotencyKey: 'reused-key' },
    });

    expect(data.createEntityOnboardingSession.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('tells all problems at once, and sends nothing', async () => {
    const before = (await service.requests('increase')).length;

    const { data } = await service.query(CREATE, {
      input: {
        programId: '',
        redirectUrl: '/done',
        entityId: '..',
        customerId: '',
        idempotencyKey: 'x'.repeat(201),
      },
    });

    expect(data.createEntityOnboardingSession.entityOnboardingSession).toBeNull();
    expect(data.createEntityOnboardingSession.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'programId'] },
      { code: 'INVALID_INPUT', field: ['input', 'redirectUrl'] },
      { code: 'INVALID_INPUT', field: ['input', 'entityId'] },
      { code: 'INVALID_INPUT', field: ['input', 'customerId'] },
      { code: 'INVALID_INPUT', field: ['input', 'idempotencyKey'] },
    ]);
    expect(await service.requests('increase')).toHaveLength(before);
  });

  it.each([{ programId: 'program_unknown' }, { entityId: 'entity_unknown' }])(
    'is refused for %j',
    async (unknown) => {
      const { data } = await service.query(CREATE, { input: { ...newSession, ...unknown } });

      expect(data.createEntityOnboardingSession.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    },
  );

  it('survives a connection that is reset after the session was made: one session, under one key', async () => {
    await service.fault('increase', { match: 'POST /entity_onboarding_sessions', drop: 'after' });
    const before = (await service.requests('increase')).length;

    const session = await created();

    const requests = (await service.requests('increase'))
      .slice(before)
      .filter(({ method }) => method === 'POST');
    expect(session.id).toMatch(/^entity_onboarding_session_/);
    expect(requests).toHaveLength(2);
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });
});

describe('expireEntityOnboardingSession', () => {
  it('ends the session: no form, not submitted', async () => {
    const { id } = await created();

    const { data } = await service.query(end('expire'), { id });

    expect(data.expireEntityOnboardingSession).toMatchObject({
      userErrors: [],
      entityOnboardingSession: { id, status: 'EXPIRED', sessionUrl: null, submitted: false, entity: null },
    });
  });

  it('is seen by what the operation reads after it', async () => {
    const { data: before } = await service.query(CREATE, { input: newSession });
    const { id } = before.createEntityOnboardingSession.entityOnboardingSession;
    const { data } = await service.query(
      /* GraphQL */ `
        mutation ($id: ID!) {
          submitEntityOnboardingSession(input: { id: $id }) {
            entityOnboardingSession {
              entity {
                creatingSession {
                  status
                  sessionUrl
                }
              }
            }
          }
        }
      `,
      { id },
    );

    expect(data.submitEntityOnboardingSession.entityOnboardingSession.entity.creatingSession).toEqual({
      status: 'EXPIRED',
      sessionUrl: null,
    });
  });

  it('is refused for a session that has expired', async () => {
    const { id } = await created();
    await service.query(end('expire'), { id });

    const { data } = await service.query(end('expire'), { id });

    expect(data.expireEntityOnboardingSession).toMatchObject({
      entityOnboardingSession: null,
      userErrors: [{ code: 'INVALID_STATE' }],
    });
  });

  it.each([
    ['NOT_FOUND', 'entity_onboarding_session_unknown'],
    ['INVALID_INPUT', '..'],
  ])('is refused with %s for the id %j', async (code, id) => {
    const { data } = await service.query(end('expire'), { id });

    expect(data.expireEntityOnboardingSession.userErrors).toMatchObject([{ code }]);
  });
});

describe('submitEntityOnboardingSession', () => {
  it('makes an Entity that says which session created it', async () => {
    const { id } = await created();

    const { data, errors } = await service.query(end('submit'), { id });

    expect(errors).toBeUndefined();
    expect(data.submitEntityOnboardingSession.entityOnboardingSession).toMatchObject({
      id,
      status: 'EXPIRED',
      submitted: true,
      sessionUrl: null,
      entity: { id: expect.stringMatching(/^entity_/), status: 'ACTIVE', creatingSession: { id } },
    });
  });

  it('is not permitted in production, and nothing is sent', async () => {
    await using production = await startService({ isProduction: true });
    const { data } = await production.query(end('submit'), { id: seed(2) });

    expect(data.submitEntityOnboardingSession.userErrors).toMatchObject([{ code: 'NOT_PERMITTED' }]);
    expect(await production.requests('increase')).toEqual([]);
  });
});

describe('entityOnboardingSession', () => {
  it.each([
    ['active', seed(1), { status: 'ACTIVE', submitted: false }],
    ['submitted', seed(5), { status: 'EXPIRED', submitted: true, entity: { structure: 'CORPORATION' } }],
    ['expired without an Entity', seed(14), { status: 'EXPIRED', submitted: false, entity: null }],
    ['expired with an Entity that it did not create', seed(11), { status: 'EXPIRED', submitted: null }],
  ])('that is %s', async (_what, id, session) => {
    const { data, errors } = await service.query(GET, { id });

    expect(errors).toBeUndefined();
    expect(data.entityOnboardingSession).toMatchObject({ id, ...session });
  });

  it('is null when Increase knows none', async () => {
    expect(await service.query(GET, { id: 'entity_onboarding_session_unknown' })).toEqual({
      data: { entityOnboardingSession: null },
    });
  });

  it('costs a field, not the session, when the Entity cannot be read', async () => {
    await service.fault('increase', { match: '/entities/', status: 500, times: 3 });

    const { data, errors } = await service.query(GET, { id: seed(5) });

    expect(data.entityOnboardingSession).toMatchObject({
      id: seed(5),
      submitted: null,
      entity: { structure: null },
    });
    expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(
      new Set(['PROVIDER_UNAVAILABLE']),
    );
  });

  it('asks for nothing but what is selected', async () => {
    const before = (await service.requests('increase')).length;

    await service.query(
      'query ($id: ID!) { entityOnboardingSession(id: $id) { program { id } entity { id } } }',
      {
        id: seed(5),
      },
    );

    expect((await service.requests('increase')).slice(before)).toHaveLength(1);
  });
});

describe('entityOnboardingSessions', () => {
  const LIST = /* GraphQL */ `
    query ($first: Int, $after: String, $filter: EntityOnboardingSessionFilter) {
      entityOnboardingSessions(first: $first, after: $after, filter: $filter) {
        edges {
          cursor
          node {
            id
            status
            program {
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
      }
    }
  `;
  interface Edge {
    cursor: string;
    node: { id: string; status: string };
  }
  const edgesOf = ({ data }: { data?: { entityOnboardingSessions: { edges: Edge[] } } }) =>
    data?.entityOnboardingSessions.edges ?? [];

  it('costs one list call, and one call for each different program', async () => {
    const before = (await service.requests('increase')).length;

    const answer = await service.query(LIST, { first: 20 });

    const paths = (await service.requests('increase')).slice(before).map(({ path }) => path);
    expect(edgesOf(answer)).toHaveLength(20);
    expect(paths.filter((path) => path.startsWith('/entity_onboarding_sessions'))).toEqual([
      '/entity_onboarding_sessions?limit=20',
    ]);
    expect(paths.filter((path) => path.startsWith('/programs/')).toSorted()).toEqual([
      '/programs/program_sandbox000000000001',
      '/programs/program_sandbox000000000002',
    ]);
  });

  it('resumes right after any edge while sessions are being created', async () => {
    const edges = edgesOf(await service.query(LIST, { first: 10 }));
    await created();
    await created();

    for (const index of [0, 3, 8]) {
      const next = edgesOf(await service.query(LIST, { first: 1, after: edges[index]?.cursor }));
      expect(next[0]?.node.id).toBe(edges[index + 1]?.node.id);
    }
    const afterLast = edgesOf(await service.query(LIST, { first: 100, after: edges[9]?.cursor }));
    expect(afterLast.map(({ node }) => node.id)).not.toContain(edges[9]?.node.id);
  });

  it('filters by status and by idempotency key', async () => {
    const active = edgesOf(await service.query(LIST, { first: 100, filter: { statusIn: ['ACTIVE'] } }));
    const keyed = edgesOf(
      await service.query(LIST, { filter: { idempotencyKey: 'sandbox-idempotency-key-3' } }),
    );

    expect(new Set(active.map(({ node }) => node.status))).toEqual(new Set(['ACTIVE']));
    expect(keyed.map(({ node }) => node.id)).toEqual([seed(3)]);
  });

  it('takes a filter in any order for the same filter, and refuses its cursor under another', async () => {
    const both = { statusIn: ['ACTIVE', 'EXPIRED'] };
    const { data } = await service.query(LIST, { first: 2, filter: both });
    const after = data.entityOnboardingSessions.pageInfo.endCursor;

    const same = await service.query(LIST, {
      first: 2,
      after,
      filter: { statusIn: ['EXPIRED', 'ACTIVE', 'ACTIVE'] },
    });
    const other = await service.query(LIST, { first: 2, after, filter: { statusIn: ['ACTIVE'] } });

    expect(edgesOf(same)).toHaveLength(2);
    expect(other.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is empty, without a call, for no status at all', async () => {
    const before = (await service.requests('increase')).length;

    expect(edgesOf(await service.query(LIST, { filter: { statusIn: [] } }))).toEqual([]);
    expect(await service.requests('increase')).toHaveLength(before);
  });

  it.each([
    { first: -1 },
    { first: 101 },
    { first: 1e9 },
    { after: 'forged' },
    { filter: { statusIn: ['UNKNOWN'] } },
    { filter: { idempotencyKey: '' } },
    { filter: { idempotencyKey: 'x'.repeat(201) } },
  ])('refuses %j', async (variables) => {
    const { data, errors } = await service.query(LIST, variables);

    expect(data).toEqual({ entityOnboardingSessions: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is null as a whole, with the error, when Increase leads in a circle', async () => {
    const body = { data: [], next_cursor: 'again' };
    await service.fault('increase', {
      match: 'GET /entity_onboarding_sessions',
      status: 200,
      body,
      times: 2,
    });
    const before = (await service.requests('increase')).length;

    expect(await service.query(LIST)).toMatchObject({
      data: { entityOnboardingSessions: null },
      errors: [{ extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE' } }],
    });
    expect((await service.requests('increase')).slice(before)).toHaveLength(2);
    expect(service.log()).toContain('the list leads in a circle');
  });

  it('is null as a whole, with the error, when Increase throttles', async () => {
    const body = {
      type: 'rate_limited_error',
      title: 'secret text',
      detail: null,
      status: 429,
      retry_after: 60,
    };
    await service.fault('increase', { match: 'GET /entity_onboarding_sessions', status: 429, body });

    expect(await service.query(LIST)).toMatchObject({
      data: { entityOnboardingSessions: null },
      errors: [
        {
          message: 'Increase is receiving too many requests. Try again in 60 s.',
          extensions: { code: 'PROVIDER_RATE_LIMITED', provider: 'INCREASE', retryAfterSeconds: 60 },
        },
      ],
    });
  });
});
