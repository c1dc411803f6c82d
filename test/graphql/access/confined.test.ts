import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startIssuer, type Issuer } from '../../support/issuer.ts';
import { startService, type Service } from '../../support/service.ts';

let issuer: Issuer;
let service: Service;
/** What the customers have: ids by customer. */
let theirs: Record<'jane' | 'john', { check: string; form: string; onboard: string }>;

const SCOPES = 'onboarding:read onboarding:write onboarding:secrets onboarding:simulate';
const PROGRAM_ID = 'program_sandbox000000000001';

async function ask(customerId: string | null, query: string, variables = {}) {
  const claims = customerId === null ? {} : { customer_id: customerId };
  const token = await issuer.token({ scope: SCOPES, claims });
  return service.query(query, variables, { authorization: `Bearer ${token}` });
}
const codes = (errors: { extensions: Record<string, unknown> }[] | undefined) =>
  errors?.map(({ extensions }) => extensions['code']);

const START =
  'mutation ($of: ID) { startOnboardingSession(input: { externalCustomerId: $of }) { onboardingSession { id externalCustomerId } } }';
const CREATE = `mutation ($of: ID, $entity: ID) {
  createEntityOnboardingSession(input: { programId: "${PROGRAM_ID}", redirectUrl: "https://example.com", customerId: $of, entityId: $entity }) {
    entityOnboardingSession { id status }
    userErrors { code field }
  }
}`;
const ONBOARD = `mutation ($of: ID!) {
  onboardCustomer(input: { productGroupId: "sandbox-product-group", customer: { id: $of } }) { customerOnboard { id } userErrors { code field } }
}`;
const endBy = (name: string) =>
  `mutation ($id: ID!) { ${name}(input: { id: $id }) { userErrors { code field } } }`;

async function things(of: string) {
  const check = (await ask(null, START, { of })).data.startOnboardingSession.onboardingSession.id;
  const form = (await ask(null, CREATE, { of })).data.createEntityOnboardingSession.entityOnboardingSession
    .id;
  const onboard = (await ask(null, ONBOARD, { of })).data.onboardCustomer.customerOnboard.id;
  return { check, form, onboard };
}

async function sent(): Promise<number> {
  const providers = ['incode', 'increase', 'relay'] as const;
  return (await Promise.all(providers.map((name) => service.requests(name)))).flat().length;
}

beforeAll(async () => {
  issuer = await startIssuer();
  service = await startService({ access: issuer.config });
  theirs = { jane: await things('jane'), john: await things('john') };
});
afterAll(async () => {
  await service.stop();
  await issuer[Symbol.asyncDispose]();
});

describe("a token of one customer's", () => {
  const BY_ID = `query ($check: ID!, $form: ID!, $onboard: ID!) {
    onboardingSession(id: $check) { id }
    entityOnboardingSession(id: $form) { id program { name } }
    customerOnboard(id: $onboard) { id }
  }`;

  it('finds what is theirs by its id, and nothing of another', async () => {
    const own = await ask('jane', BY_ID, theirs.jane);
    const others = await ask('jane', BY_ID, theirs.john);

    expect(own.data).toMatchObject({
      onboardingSession: { id: theirs.jane.check },
      entityOnboardingSession: { id: theirs.jane.form, program: { name: 'Commercial Banking' } },
      customerOnboard: { id: theirs.jane.onboard },
    });
    expect(others).toEqual({
      data: { onboardingSession: null, entityOnboardingSession: null, customerOnboard: null },
    });
  });

  it('lists what is theirs, whether it says so or not', async () => {
    const LISTS = `query ($of: ID) {
      onboardingSessions(filter: { externalCustomerId: $of }) { nodes { id } }
      entityOnboardingSessions { nodes { id } }
      active: entityOnboardingSessions(first: 1, filter: { statusIn: [ACTIVE] }) { nodes { id } pageInfo { hasNextPage } }
      expired: entityOnboardingSessions(filter: { statusIn: [EXPIRED] }) { nodes { id } }
      customerOnboards(filter: { customerId: $of }) { nodes { id } }
    }`;
    const expected = {
      onboardingSessions: { nodes: [{ id: theirs.jane.check }] },
      entityOnboardingSessions: { nodes: [{ id: theirs.jane.form }] },
      active: { nodes: [{ id: theirs.jane.form }], pageInfo: { hasNextPage: false } },
      expired: { nodes: [] },
      customerOnboards: { nodes: [{ id: theirs.jane.onboard }] },
    };

    expect(await ask('jane', LISTS)).toEqual({ data: expected });
    expect(await ask('jane', LISTS, { of: 'jane' })).toEqual({ data: expected });
  });

  it('has each of their forms read once, however many lists it is in', async () => {
    const before = (await service.requests('increase')).length;
    const lists = Array.from(
      { length: 20 },
      (_each, index) => `a${index}: entityOnboardingSessions(first: 1) { nodes { id } }`,
    );

    await ask('john', `{ ${lists.join(' ')} }`);

    expect((await service.requests('increase')).length - before).toBe(1);
  });

  it('may not ask for the lists of another', async () => {
    const { data, errors } = await ask(
      'jane',
      `{ onboardingSessions(filter: { externalCustomerId: "john" }) { nodes { id } } customerOnboards(filter: { customerId: "john" }) { nodes { id } } }`,
    );

    expect(data).toEqual({ onboardingSessions: null, customerOnboards: null });
    expect(codes(errors)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('resolves their entities alone', async () => {
    const { data, errors } = await ask(
      'jane',
      `query ($r: [_Any!]!) {
        _entities(representations: $r) {
          ... on Customer { id onboardingSessions { nodes { id } } entityOnboardingSessions { nodes { id } } }
          ... on OnboardingSession { id }
          ... on EntityOnboardingSession { id }
          ... on CustomerOnboard { id }
          ... on IncreaseEntity { id }
          ... on IncreaseProgram { id }
        }
      }`,
      {
        r: [
          { __typename: 'Customer', id: 'jane' },
          { __typename: 'Customer', id: 'john' },
          { __typename: 'OnboardingSession', id: theirs.john.check },
          { __typename: 'EntityOnboardingSession', id: theirs.john.form },
          { __typename: 'CustomerOnboard', id: theirs.john.onboard },
          { __typename: 'IncreaseEntity', id: 'entity_sandbox00000000000001' },
          { __typename: 'IncreaseProgram', id: PROGRAM_ID },
        ],
      },
    );

    expect(data._entities).toEqual([
      {
        id: 'jane',
        onboardingSessions: { nodes: [{ id: theirs.jane.check }] },
        entityOnboardingSessions: { nodes: [{ id: theirs.jane.form }] },
      },
      null,
      null,
      null,
      null,
      null,
      { id: PROGRAM_ID },
    ]);
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('names nobody by a representation without an id', async () => {
    const { data, errors } = await ask(
      'jane',
      '{ _entities(representations: [{ __typename: "Customer" }]) { ... on Customer { id } } }',
    );

    expect(data._entities).toEqual([null]);
    expect(errors).toMatchObject([{ message: 'The customer id is missing.' }]);
  });

  it("continues no list with a cursor of everybody's", async () => {
    const { data } = await ask(null, '{ entityOnboardingSessions(first: 1) { pageInfo { endCursor } } }');

    const { errors } = await ask(
      'jane',
      'query ($after: String) { entityOnboardingSessions(after: $after) { nodes { id } } }',
      { after: data.entityOnboardingSessions.pageInfo.endCursor },
    );

    expect(codes(errors)).toEqual(['BAD_USER_INPUT']);
  });

  it('starts, creates and onboards for them, named or not', async () => {
    const started = await ask('jane', START);
    const created = await ask('jane', CREATE);
    const onboarded = await ask('jane', ONBOARD, { of: 'jane' });
    const all = await ask('jane', '{ entityOnboardingSessions { nodes { id } } }');

    expect(started.data.startOnboardingSession.onboardingSession.externalCustomerId).toBe('jane');
    expect(all.data.entityOnboardingSessions.nodes).toContainEqual({
      id: created.data.createEntityOnboardingSession.entityOnboardingSession.id,
    });
    expect(onboarded.data.onboardCustomer.userErrors).toEqual([]);
  });

  it('changes nothing of another, and sends nothing', async () => {
    const before = await sent();
    const notFound = [{ code: 'NOT_FOUND', field: ['input', 'id'] }];

    const answers = [
      await ask('jane', START, { of: 'john' }),
      await ask('jane', CREATE, { of: 'john' }),
      await ask('jane', ONBOARD, { of: 'john' }),
    ];
    const completed = await ask('jane', endBy('completeOnboardingSession'), { id: theirs.john.check });
    const expired = await ask('jane', endBy('expireEntityOnboardingSession'), { id: theirs.john.form });
    const submitted = await ask('jane', endBy('submitEntityOnboardingSession'), { id: theirs.john.form });

    expect(answers.flatMap(({ errors }) => codes(errors))).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(completed.data.completeOnboardingSession.userErrors).toEqual(notFound);
    expect(expired.data.expireEntityOnboardingSession.userErrors).toEqual(notFound);
    expect(submitted.data.submitEntityOnboardingSession.userErrors).toEqual(notFound);
    expect(await sent()).toBe(before);
  });

  it('sees what it has changed, in the same operation', async () => {
    const created = await ask('jane', CREATE);
    const form = created.data.createEntityOnboardingSession.entityOnboardingSession.id;

    const { data, errors } = await ask(
      'jane',
      `mutation ($id: ID!) {
        before: expireEntityOnboardingSession(input: { id: "none" }) { userErrors { code } }
        submitEntityOnboardingSession(input: { id: $id }) {
          entityOnboardingSession {
            status
            entity { structure }
          }
        }
      }`,
      { id: form },
    );

    expect(errors).toBeUndefined();
    expect(data.submitEntityOnboardingSession.entityOnboardingSession).toMatchObject({
      status: 'EXPIRED',
      entity: { structure: expect.any(String) },
    });
  });

  it('reaches the Entity of their own form, and onboards no other', async () => {
    const created = await ask('jane', CREATE);
    const form = created.data.createEntityOnboardingSession.entityOnboardingSession.id;
    await ask('jane', endBy('submitEntityOnboardingSession'), { id: form });
    const own = await ask(
      'jane',
      'query ($id: ID!) { entityOnboardingSession(id: $id) { submitted entity { id structure creatingSession { id } } } }',
      { id: form },
    );
    const { entity } = own.data.entityOnboardingSession;

    const again = await ask('jane', CREATE, { entity: entity.id });
    const others = await ask('jane', CREATE, { entity: 'entity_sandbox00000000000001' });

    expect(own.data.entityOnboardingSession).toMatchObject({
      submitted: true,
      entity: { structure: expect.any(String), creatingSession: { id: form } },
    });
    expect(again.data.createEntityOnboardingSession.userErrors).toEqual([]);
    expect(others.data.createEntityOnboardingSession.userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'entityId'] },
    ]);
  });
});
