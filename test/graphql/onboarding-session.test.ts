import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const START = /* GraphQL */ `
  mutation ($input: StartOnboardingSessionInput!) {
    startOnboardingSession(input: $input) {
      sessionToken
      onboardingSession {
        id
        configurationId
        externalCustomerId
        customer {
          id
        }
        status
        score {
          status
        }
        redirectionUrl
        action
        completedAt
        createdAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;
const COMPLETE = /* GraphQL */ `
  mutation ($id: ID!) {
    completeOnboardingSession(input: { id: $id }) {
      onboardingSession {
        id
        status
        score {
          status
          value
        }
        redirectionUrl
        action
        completedAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

async function started(input: object = {}) {
  const { data } = await service.query(START, { input });
  return data.startOnboardingSession as { sessionToken: string; onboardingSession: { id: string } };
}

const incodeCalls = async (path: string) =>
  (await service.requests('incode')).filter((request) => request.path.startsWith(path));

describe('startOnboardingSession', () => {
  it('answers the session and its token, with nothing of a completion', async () => {
    const { data, errors } = await service.query(START, {
      input: {
        externalCustomerId: 'customer-7',
        redirectionUrl: 'https://example.com/a b?c=d'.replace(' ', '%20'),
      },
    });

    expect(errors).toBeUndefined();
    expect(data.startOnboardingSession).toMatchObject({
      sessionToken: expect.stringMatching(/.{20,}/),
      userErrors: [],
      onboardingSession: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        configurationId: '64f000000000000000000001',
        externalCustomerId: 'customer-7',
        customer: { id: 'customer-7' },
        status: 'UNKNOWN',
        score: null,
        redirectionUrl: null,
        action: null,
        completedAt: null,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    });
  });

  it('tells Incode ALL countries unless another is given, also for null', async () => {
    await service.query(START, { input: { countryCode: null } });
    await service.query(START, {
      input: { countryCode: 'MEX', customFields: [{ name: 'plan', value: 'gold' }] },
    });

    expect((await incodeCalls('/omni/start')).slice(-2).map(({ body }) => body)).toMatchObject([
      { countryCode: 'ALL' },
      { countryCode: 'MEX', customFields: { plan: 'gold' } },
    ]);
  });

  it.each([
    'en',
    'en-US',
    'es-419',
    'zh-Hans-CN',
    'pt-BR-u-nu-latn',
    'sr-Latn',
    'x-y',
    'i-klingon',
    'en-GB-oed',
    'zh-min-nan',
    'zh-yue-HK',
  ])('leaves it to Incode which languages there are: %s', async (language) => {
    const { data } = await service.query(START, { input: { language } });

    expect(data.startOnboardingSession.userErrors).toEqual([]);
    expect((await incodeCalls('/omni/start')).at(-1)?.body).toMatchObject({ language });
  });

  it.each([
    '',
    'en_US',
    'e',
    'en-',
    '-US',
    'en US',
    'en-US\n',
    `en-${'x'.repeat(9)}`,
    '*',
    'en,de',
    'x',
    'x-',
    'i-other',
    'x-y\n',
  ])('refuses %j, which is no language tag, before anything is sent', async (language) => {
    const before = (await incodeCalls('/omni/start')).length;

    const { data } = await service.query(START, { input: { language } });

    expect(data.startOnboardingSession.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'language'] },
    ]);
    expect(await incodeCalls('/omni/start')).toHaveLength(before);
  });

  it('tells all problems at once, and sends nothing', async () => {
    const before = (await incodeCalls('/omni/start')).length;

    const { data } = await service.query(START, {
      input: {
        configurationId: '..',
        externalCustomerId: '',
        countryCode: 'Mexico',
        language: 'english!',
        redirectionUrl: 'javascript:alert(1)',
        customFields: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
        idempotencyKey: 'é',
      },
    });

    expect(data.startOnboardingSession.onboardingSession).toBeNull();
    expect(data.startOnboardingSession.sessionToken).toBeNull();
    expect(
      data.startOnboardingSession.userErrors.map(({ field }: { field: string[] }) => field.join('.')),
    ).toEqual([
      'input.configurationId',
      'input.externalCustomerId',
      'input.countryCode',
      'input.language',
      'input.redirectionUrl',
      'input.customFields.1.name',
      'input.idempotencyKey',
    ]);
    expect(await incodeCalls('/omni/start')).toHaveLength(before);
  });

  it('is refused by an unknown configuration', async () => {
    const { data } = await service.query(START, { input: { configurationId: 'nothing' } });

    expect(data.startOnboardingSession.userErrors).toEqual([
      {
        code: 'NOT_FOUND',
        field: ['input', 'configurationId'],
        message: 'Incode knows no such configuration.',
      },
    ]);
  });

  it('answers two sessions of one operation, when a third cannot be had', async () => {
    await service.fault('incode', { match: '/omni/start', status: 500 });

    const { data, errors } = await service.query(/* GraphQL */ `
      mutation {
        a: startOnboardingSession(input: {}) {
          sessionToken
        }
        b: startOnboardingSession(input: {}) {
          sessionToken
        }
        c: startOnboardingSession(input: {}) {
          sessionToken
        }
      }
    `);

    expect(data).toMatchObject({
      a: null,
      b: { sessionToken: expect.any(String) },
      c: { sessionToken: expect.any(String) },
    });
    expect(errors).toMatchObject([
      { path: ['a'], extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCODE' } },
    ]);
  });
});

describe('completeOnboardingSession', () => {
  it('answers the status, the score, the action and the redirection', async () => {
    const { onboardingSession } = await started({ redirectionUrl: 'https://example.com/done' });

    const { data } = await service.query(COMPLETE, { id: onboardingSession.id });

    expect(data.completeOnboardingSession).toMatchObject({
      userErrors: [],
      onboardingSession: {
        id: onboardingSession.id,
        status: 'ONBOARDING_FINISHED',
        score: { status: 'OK', value: '95.4' },
        redirectionUrl: 'https://example.com/done',
        action: 'approved',
        completedAt: expect.any(String),
      },
    });
  });

  it('is sent once: the second time it answers what is stored', async () => {
    const { onboardingSession } = await started();
    const first = await service.query(COMPLETE, { id: onboardingSession.id });
    const before = (await incodeCalls('/omni/finish-status')).length;

    const second = await service.query(COMPLETE, { id: onboardingSession.id });

    expect(second).toEqual(first);
    expect(await incodeCalls('/omni/finish-status')).toHaveLength(before);
  });

  it.each([
    ['NOT_FOUND', 'unknown'],
    ['INVALID_INPUT', '..'],
    ['INVALID_INPUT', ''],
  ])('is refused with %s for the id %j', async (code, id) => {
    const { data } = await service.query(COMPLETE, { id });

    expect(data.completeOnboardingSession).toMatchObject({
      onboardingSession: null,
      userErrors: [{ code, field: ['input', 'id'] }],
    });
  });

  it('is refused for a session that Incode has expired', async () => {
    await service.fault('incode', { match: '/omni/finish-status', status: 401, body: { status: 401 } });
    const { onboardingSession } = await started();

    const { data } = await service.query(COMPLETE, { id: onboardingSession.id });

    expect(data.completeOnboardingSession.userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
  });
});

describe('onboardingSession', () => {
  const QUERY = /* GraphQL */ `
    query ($id: ID!) {
      onboardingSession(id: $id) {
        id
        status
        again: status
        score {
          status
        }
        createdAt
      }
    }
  `;

  it('is read from the store, its status from Incode, once', async () => {
    const { onboardingSession } = await started();
    const before = (await service.requests('incode')).length;

    const { data } = await service.query(QUERY, { id: onboardingSession.id });

    expect(data.onboardingSession).toMatchObject({ id: onboardingSession.id, score: null });
    expect((await service.requests('incode')).slice(before).map(({ path }) => path)).toEqual([
      `/omni/get/onboarding/status?id=${onboardingSession.id}`,
    ]);
  });

  it('never has the token in the graph again', async () => {
    const { errors } = await service.query('{ onboardingSession(id: "x") { sessionToken } }');

    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });

  it('keeps what is stored when Incode is down: only the status is lost', async () => {
    const { onboardingSession } = await started();
    await service.fault('incode', { match: '/status', status: 500, times: 3 });

    const { data, errors } = await service.query(QUERY, { id: onboardingSession.id });

    expect(data.onboardingSession).toMatchObject({ id: onboardingSession.id, status: null });
    expect(errors?.[0]).toMatchObject({
      path: ['onboardingSession', 'status'],
      message: 'Incode is not available right now. Try again later.',
      extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCODE', requestId: expect.any(String) },
    });
  });

  it('says that a token past its life is past it, and what to do', async () => {
    const { onboardingSession } = await started();
    await service.fault('incode', { match: '/status', status: 401 });

    const { data, errors } = await service.query(QUERY, { id: onboardingSession.id });

    expect(data.onboardingSession).toMatchObject({ id: onboardingSession.id, status: null });
    expect(errors?.[0]).toMatchObject({
      path: ['onboardingSession', 'status'],
      message:
        "Incode no longer accepts this session's token, so nothing more can be read of it. Start a new session.",
      extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCODE' },
    });
    expect((await service.requests('incode')).at(-1)?.path).toContain('/status');
  });

  it('is null when it was not started through this graph', async () => {
    expect(await service.query(QUERY, { id: 'unknown' })).toEqual({ data: { onboardingSession: null } });
  });

  it('refuses an id that is none', async () => {
    const { errors } = await service.query(QUERY, { id: 'a/../b' });

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('shows the score of a session that a reviewer decided without us', async () => {
    const { onboardingSession } = await started();
    await service.fault('incode', {
      match: '/status',
      status: 200,
      body: { onboardingStatus: 'MANUAL_REVIEW_APPROVED' },
    });
    await service.fault('incode', {
      match: '/score',
      status: 200,
      body: { overall: { status: 'OK', value: '88' } },
    });

    const { data } = await service.query(QUERY, { id: onboardingSession.id });

    expect(data.onboardingSession).toMatchObject({
      status: 'MANUAL_REVIEW_APPROVED',
      score: { status: 'OK' },
    });
  });
});

describe('onboardingSessions', () => {
  const LIST = /* GraphQL */ `
    query ($first: Int, $after: String, $customer: ID) {
      onboardingSessions(first: $first, after: $after, filter: { externalCustomerId: $customer }) {
        nodes {
          id
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  `;

  it('pages through the sessions of one customer, newest first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) {
      ids.unshift((await started({ externalCustomerId: 'pages' })).onboardingSession.id);
    }

    const first = await service.query(LIST, { first: 2, customer: 'pages' });
    const { endCursor } = first.data.onboardingSessions.pageInfo;
    const second = await service.query(LIST, { first: 2, customer: 'pages', after: endCursor });
    const foreign = await service.query(LIST, { first: 2, customer: 'other', after: endCursor });

    const seen = [...first.data.onboardingSessions.nodes, ...second.data.onboardingSessions.nodes];
    expect(seen.map(({ id }: { id: string }) => id).toSorted()).toEqual(ids.toSorted());
    expect(second.data.onboardingSessions.pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    });
    expect(foreign.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is empty for a customer who has none', async () => {
    const { data } = await service.query(LIST, { customer: 'nobody' });

    expect(data.onboardingSessions).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});
