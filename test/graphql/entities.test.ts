import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ENTITIES = /* GraphQL */ `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      __typename
      ... on OnboardingSession {
        id
        configurationId
      }
      ... on EntityOnboardingSession {
        id
        redirectUrl
      }
      ... on IncreaseEntity {
        id
        structure
      }
      ... on IncreaseProgram {
        id
        name
      }
      ... on CustomerOnboard {
        id
        message
      }
      ... on Customer {
        id
        onboardingSessions {
          nodes {
            id
          }
        }
        entityOnboardingSessions(first: 2) {
          edges {
            cursor
            node {
              id
              status
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        customerOnboards {
          nodes {
            id
          }
        }
      }
    }
  }
`;

const seed = (number: number) => `entity_onboarding_session_sandbox${String(number).padStart(12, '0')}`;
const entities = (...representations: object[]) => service.query(ENTITIES, { representations });

async function createdFor(customerId: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < many; index++) {
    const { data } = await service.query(
      /* GraphQL */ `
        mutation ($input: CreateEntityOnboardingSessionInput!) {
          createEntityOnboardingSession(input: $input) {
            entityOnboardingSession {
              id
            }
          }
        }
      `,
      { input: { programId: 'program_sandbox000000000001', redirectUrl: 'https://example.com', customerId } },
    );
    ids.push(data.createEntityOnboardingSession.entityOnboardingSession.id);
  }
  return ids;
}

describe('_entities', () => {
  it('resolves every entity of the graph by its id', async () => {
    const started = await service.query(
      'mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }',
    );
    const { id } = started.data.startOnboardingSession.onboardingSession;

    const { data, errors } = await entities(
      { __typename: 'OnboardingSession', id },
      { __typename: 'EntityOnboardingSession', id: seed(1) },
      { __typename: 'IncreaseEntity', id: 'entity_sandbox00000000000001' },
      { __typename: 'IncreaseProgram', id: 'program_sandbox000000000001' },
      { __typename: 'Customer', id: 'anybody' },
    );

    expect(errors).toBeUndefined();
    expect(data._entities).toMatchObject([
      { __typename: 'OnboardingSession', id },
      { __typename: 'EntityOnboardingSession', id: seed(1) },
      { __typename: 'IncreaseEntity', structure: 'CORPORATION' },
      { __typename: 'IncreaseProgram', name: 'Commercial Banking' },
      { __typename: 'Customer', id: 'anybody', onboardingSessions: { nodes: [] } },
    ]);
  });

  it('is null at the index of what does not exist', async () => {
    const { data, errors } = await entities(
      { __typename: 'OnboardingSession', id: 'unknown' },
      { __typename: 'EntityOnboardingSession', id: 'unknown' },
      { __typename: 'IncreaseEntity', id: 'unknown' },
      { __typename: 'IncreaseProgram', id: 'unknown' },
      { __typename: 'CustomerOnboard', id: 'unknown' },
    );

    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, null, null, null, null]);
  });

  it('is an error at the index of a key that is none, and nowhere else', async () => {
    const { data, errors } = await entities(
      { __typename: 'IncreaseProgram', id: '..' },
      { __typename: 'IncreaseProgram', id: 'program_sandbox000000000001' },
      { __typename: 'Customer' },
      { __typename: 'Customer', id: 'a\0b' },
    );

    expect(data._entities).toMatchObject([null, { name: 'Commercial Banking' }, null, null]);
    expect(errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['_entities', 0], 'BAD_USER_INPUT'],
      [['_entities', 2], 'BAD_USER_INPUT'],
      [['_entities', 3], 'BAD_USER_INPUT'],
    ]);
  });

  it.each([
    ['is missing', 'missing.', {}],
    ['is null', 'missing.', { id: null }],
    ['is a number that was rounded', 'at most 9007199254740991.', { id: 2 ** 53 }],
    ['is a list', 'must be a string.', { id: ['1'] }],
  ])('says so of a key that %s', async (_what, message, key) => {
    const { errors } = await entities(
      { __typename: 'IncreaseProgram', ...key },
      { __typename: 'Customer', ...key },
    );

    expect(errors?.map((error) => error.message)).toEqual([
      expect.stringMatching(new RegExp(`^\`id\`.* ${message}$`)),
      expect.stringMatching(new RegExp(`^The customer id.* ${message}$`)),
    ]);
  });

  it('is an error at the index of what is no entity here, and nowhere else', async () => {
    const { data, errors } = await entities(
      { __typename: 'Nobody', id: '1' },
      { __typename: 'PageInfo', id: '1' },
      { id: '1' },
      { __typename: 'IncreaseProgram', id: 'program_sandbox000000000001' },
    );

    expect(data._entities).toMatchObject([null, null, null, { name: 'Commercial Banking' }]);
    expect(errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['_entities', 0], 'BAD_USER_INPUT'],
      [['_entities', 1], 'BAD_USER_INPUT'],
      [['_entities', 2], 'BAD_USER_INPUT'],
    ]);
  });

  it('is an error at the index of what a provider cannot answer, and nowhere else', async () => {
    await service.fault('increase', { match: 'GET /entities/', status: 500, times: 3 });

    const { data, errors } = await entities(
      { __typename: 'IncreaseEntity', id: 'entity_sandbox00000000000001' },
      { __typename: 'IncreaseProgram', id: 'program_sandbox000000000001' },
    );

    expect(data._entities).toMatchObject([null, { name: 'Commercial Banking' }]);
    expect(errors).toMatchObject([
      { path: ['_entities', 0], extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE' } },
    ]);
  });

  it('asks a provider once for what is mentioned several times', async () => {
    const before = (await service.requests('increase')).length;
    const program = { __typename: 'IncreaseProgram', id: 'program_sandbox000000000002' };

    await entities(program, program, program);

    expect((await service.requests('increase')).slice(before)).toHaveLength(1);
  });
});

describe('a customer', () => {
  it('has the hosted sessions that were created for it, newest first, page by page', async () => {
    const ids = await createdFor('customer-a', 3);
    await createdFor('customer-b', 1);

    const { data } = await entities({ __typename: 'Customer', id: 'customer-a' });
    const { edges, pageInfo } = data._entities[0].entityOnboardingSessions;
    const next = await service.query(
      /* GraphQL */ `
        query ($after: String) {
          _entities(representations: [{ __typename: "Customer", id: "customer-a" }]) {
            ... on Customer {
              entityOnboardingSessions(after: $after) {
                nodes {
                  id
                }
                pageInfo {
                  hasNextPage
                }
              }
            }
          }
        }
      `,
      { after: pageInfo.endCursor },
    );

    const rest = next.data._entities[0].entityOnboardingSessions;
    const seen = [...edges.map(({ node }: { node: { id: string } }) => node.id), rest.nodes[0].id];
    expect(seen.toSorted((a: string, b: string) => a.localeCompare(b))).toEqual(ids.toSorted());
    expect([pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('has no hosted sessions at all, with one error, when one cannot be read', async () => {
    await createdFor('customer-c', 2);
    await service.fault('increase', { match: 'GET /entity_onboarding_sessions/', status: 500, times: 6 });

    const { data, errors } = await entities({ __typename: 'Customer', id: 'customer-c' });

    expect(data._entities[0]).toMatchObject({
      id: 'customer-c',
      entityOnboardingSessions: null,
      customerOnboards: { nodes: [] },
    });
    expect(errors).toMatchObject([
      { path: ['_entities', 0, 'entityOnboardingSessions'], extensions: { code: 'PROVIDER_UNAVAILABLE' } },
    ]);
  });
});
