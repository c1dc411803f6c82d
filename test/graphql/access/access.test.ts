import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startIssuer, unsignedToken, type Issuer, type TokenOptions } from '../../support/issuer.ts';
import { startService, type Service } from '../../support/service.ts';

let issuer: Issuer;
let service: Service;
beforeAll(async () => {
  issuer = await startIssuer();
  service = await startService({ access: issuer.config });
});
afterAll(async () => {
  await service.stop();
  await issuer[Symbol.asyncDispose]();
});

const withToken = async (options: TokenOptions) => ({
  authorization: `Bearer ${await issuer.token(options)}`,
});
const ask = async (query: string, scope: string, variables = {}) =>
  service.query(query, variables, await withToken({ scope }));

const READ = 'onboarding:read';
const WRITE = 'onboarding:write';
const SECRETS = 'onboarding:secrets';
const START = /* GraphQL */ `
  mutation ($key: ID) {
    startOnboardingSession(input: { idempotencyKey: $key }) {
      sessionToken
      onboardingSession {
        id
      }
      userErrors {
        code
      }
    }
  }
`;
const CREATE_WITH_FORM = /* GraphQL */ `
  mutation {
    createEntityOnboardingSession(
      input: { programId: "program_sandbox000000000001", redirectUrl: "https://example.com" }
    ) {
      entityOnboardingSession {
        id
        sessionUrl
      }
      userErrors {
        code
      }
    }
  }
`;
const PROGRAM = { __typename: 'IncreaseProgram', id: 'program_sandbox000000000001' };
const codesByPath = (errors: { path?: unknown; extensions: Record<string, unknown> }[] | undefined) =>
  errors?.map(({ path, extensions }) => [path, extensions['code']]);

describe('a caller without a token', () => {
  it('gets nothing of the graph but its SDL', async () => {
    const { data, errors } = await service.query(
      '{ _service { sdl } onboardingSessions { nodes { id } } customerOnboard(id: "x") { id } }',
    );

    expect(data).toMatchObject({
      _service: { sdl: expect.stringContaining('requiresScopes') },
      onboardingSessions: null,
      customerOnboard: null,
    });
    expect(codesByPath(errors)).toEqual([
      [['onboardingSessions'], 'UNAUTHENTICATED'],
      [['customerOnboard'], 'UNAUTHENTICATED'],
    ]);
  });

  it('sends nothing to a provider', async () => {
    const before = (await service.requests('incode')).length;

    const { data, errors } = await service.query(START);

    expect(data).toEqual({ startOnboardingSession: null });
    expect(codesByPath(errors)).toEqual([[['startOnboardingSession'], 'UNAUTHENTICATED']]);
    expect((await service.requests('incode')).length).toBe(before);
  });

  it('resolves no entity, not even a customer', async () => {
    const { data, errors } = await service.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      {
        r: [PROGRAM, { __typename: 'Customer', id: 'c' }],
      },
    );

    expect(data._entities).toEqual([null, null]);
    expect(codesByPath(errors)).toEqual([
      [['_entities', 0], 'UNAUTHENTICATED'],
      [['_entities', 1], 'UNAUTHENTICATED'],
    ]);
  });
});

describe('a token that is not accepted', () => {
  it.each<[string, () => Promise<string> | string]>([
    ['expired', () => issuer.token({ scope: READ, expiresIn: -60 })],
    ['of another issuer', () => issuer.token({ scope: READ, issuer: 'https://evil.example.com' })],
    ['for another audience', () => issuer.token({ scope: READ, audience: 'payments' })],
    ['that nobody signed', () => unsignedToken()],
    ['that is none', () => 'nonsense'],
  ])('%s ends the request with 401 and a reason', async (_what, token) => {
    const response = await fetch(service.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ query: '{ __typename }' }),
    });

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(/^The access token is not accepted\. /),
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
  });

  it('is not logged, nor is one that is', async () => {
    const tokens = [await issuer.token({ expiresIn: -60 }), await issuer.token({ scope: READ })];

    for (const token of tokens)
      await service.query('{ __typename }', {}, { authorization: `Bearer ${token}` });

    expect(tokens.filter((token) => service.log().includes(token.split('.')[1] ?? ''))).toEqual([]);
  });
});

const forgetful = (scope: string) => withToken({ scope, claims: { sub: 'forgetful' } });

describe('a scope', () => {
  it('that is missing nulls its field, and the rest is answered', async () => {
    const { data, errors } = await ask(CREATE_WITH_FORM, `${READ} ${WRITE}`);

    expect(data.createEntityOnboardingSession).toMatchObject({
      entityOnboardingSession: { id: expect.any(String), sessionUrl: null },
      userErrors: [],
    });
    expect(errors).toMatchObject([
      {
        message: 'Your access token lacks a scope for this. It needs onboarding:secrets.',
        path: ['createEntityOnboardingSession', 'entityOnboardingSession', 'sessionUrl'],
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
  });

  it('that was missing can be had later: the same key answers the token', async () => {
    const first = await service.query(
      'mutation { startOnboardingSession(input: { idempotencyKey: "forgotten" }) { onboardingSession { id } } }',
      {},
      await forgetful(`${READ} ${WRITE}`),
    );
    const again = await service.query(
      START,
      { key: 'forgotten' },
      await forgetful(`${READ} ${WRITE} ${SECRETS}`),
    );

    expect(again.errors).toBeUndefined();
    expect(again.data.startOnboardingSession).toMatchObject({
      sessionToken: expect.stringMatching(/.{20}/),
      onboardingSession: first.data.startOnboardingSession.onboardingSession,
    });
  });

  it('to read lets nobody write', async () => {
    const before = (await service.requests('incode')).length;

    const { data, errors } = await ask(START, `${READ} ${SECRETS}`);

    expect(data).toEqual({ startOnboardingSession: null });
    expect(codesByPath(errors)).toEqual([[['startOnboardingSession'], 'FORBIDDEN']]);
    expect((await service.requests('incode')).length).toBe(before);
  });

  it('to write lets nobody simulate, nor read', async () => {
    const { data, errors } = await ask(
      `mutation { submitEntityOnboardingSession(input: { id: "x" }) { userErrors { code } } }`,
      WRITE,
    );
    const read = await ask('{ entityOnboardingSessions { nodes { id } } }', WRITE);

    expect(data).toEqual({ submitEntityOnboardingSession: null });
    expect(codesByPath(errors)).toEqual([[['submitEntityOnboardingSession'], 'FORBIDDEN']]);
    expect(codesByPath(read.errors)).toEqual([[['entityOnboardingSessions'], 'FORBIDDEN']]);
  });

  it('to simulate submits', async () => {
    const { data, errors } = await ask(
      `mutation { submitEntityOnboardingSession(input: { id: "unknown" }) { userErrors { code } } }`,
      'onboarding:simulate',
    );

    expect(errors).toBeUndefined();
    expect(data.submitEntityOnboardingSession.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('for secrets shows the hosted form, one error for each that it hides', async () => {
    const LIST =
      '{ entityOnboardingSessions(first: 2, filter: { statusIn: [ACTIVE] }) { nodes { id sessionUrl } } }';

    const shown = await ask(LIST, `${READ} ${SECRETS}`);
    const hidden = await ask(LIST, READ);

    expect(shown.errors).toBeUndefined();
    expect(shown.data.entityOnboardingSessions.nodes).toMatchObject([
      { sessionUrl: expect.stringMatching(/^http/) },
      { sessionUrl: expect.stringMatching(/^http/) },
    ]);
    expect(hidden.data.entityOnboardingSessions.nodes).toMatchObject([
      { sessionUrl: null },
      { sessionUrl: null },
    ]);
    expect(codesByPath(hidden.errors)).toEqual([
      [['entityOnboardingSessions', 'nodes', 0, 'sessionUrl'], 'FORBIDDEN'],
      [['entityOnboardingSessions', 'nodes', 1, 'sessionUrl'], 'FORBIDDEN'],
    ]);
  });

  it('is asked for each entity, before its provider is', async () => {
    const before = (await service.requests('increase')).length;
    const { data, errors } = await ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on IncreaseProgram { name } ... on Customer { id onboardingSessions { nodes { id } } } } }',
      WRITE,
      { r: [PROGRAM, { __typename: 'Customer', id: 'c' }] },
    );

    expect(data._entities).toEqual([null, { id: 'c', onboardingSessions: null }]);
    expect(codesByPath(errors)).toEqual([
      [['_entities', 0], 'FORBIDDEN'],
      [['_entities', 1, 'onboardingSessions'], 'FORBIDDEN'],
    ]);
    expect((await service.requests('increase')).length).toBe(before);
  });
});

const as = (sub: string) => withToken({ scope: `${READ} ${WRITE}`, claims: { sub } });

describe("a caller's idempotency keys", () => {
  const CREATE = /* GraphQL */ `
    mutation ($key: ID) {
      createEntityOnboardingSession(
        input: {
          programId: "program_sandbox000000000001"
          redirectUrl: "https://example.com"
          idempotencyKey: $key
        }
      ) {
        entityOnboardingSession {
          id
          idempotencyKey
        }
        userErrors {
          code
        }
      }
    }
  `;
  const create = async (sub: string, key: string) =>
    (await service.query(CREATE, { key }, await as(sub))).data.createEntityOnboardingSession
      .entityOnboardingSession;

  it('are no other caller’s, here and at Increase', async () => {
    const first = await create('a', 'order-1');
    const other = await create('b', 'order-1');
    const again = await create('a', 'order-1');

    expect(first.id).not.toBe(other.id);
    expect(again).toEqual(first);
    expect([first.idempotencyKey, other.idempotencyKey]).toEqual(['order-1', 'order-1']);
  });

  it('find the session that was created with them', async () => {
    const { id } = await create('c', 'order-2');
    const FIND =
      'query ($key: ID) { entityOnboardingSessions(filter: { idempotencyKey: $key }) { nodes { id idempotencyKey } } }';

    const found = await service.query(FIND, { key: 'order-2' }, await as('c'));
    const others = await service.query(FIND, { key: 'order-2' }, await as('d'));

    expect(found.data.entityOnboardingSessions.nodes).toEqual([{ id, idempotencyKey: 'order-2' }]);
    expect(others.data.entityOnboardingSessions.nodes).toEqual([]);
  });

  it('complete a session once, whoever asks', async () => {
    const started = await ask(START, `${READ} ${WRITE} ${SECRETS}`);
    const { id } = started.data.startOnboardingSession.onboardingSession;
    const COMPLETE =
      'mutation ($id: ID!, $key: ID) { completeOnboardingSession(input: { id: $id, idempotencyKey: $key }) { userErrors { code } } }';

    await Promise.all(
      ['e', 'f', 'g'].map(async (sub) => service.query(COMPLETE, { id, key: `of-${sub}` }, await as(sub))),
    );

    const completions = (await service.requests('incode')).filter(
      ({ path }) => path === '/omni/finish-status',
    );
    expect(completions).toHaveLength(1);
  });
});
