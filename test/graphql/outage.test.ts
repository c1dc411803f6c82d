import { getNamedType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';

import { subgraphSchema } from '../../src/graphql/schema.ts';
import { startService, type GraphqlAnswer, type Provider, type Service } from '../support/service.ts';

const schema = subgraphSchema();
const OUTAGE = { status: 500, times: 10_000 };
const EVERYWHERE: [Provider, object][] = [
  ['incode', {}],
  ['increase', {}],
  ['relay', {}],
];
/** The sessions are there, and what they mention is not. */
const IN_PARTS: [Provider, object][] = [
  ['incode', { match: '/score' }],
  ['increase', { match: 'GET /entities/' }],
  ['increase', { match: 'GET /programs/' }],
];

const MAKE = `mutation {
  startOnboardingSession(input: { externalCustomerId: "jane" }) { onboardingSession { id } }
  createEntityOnboardingSession(
    input: { programId: "program_sandbox000000000001", redirectUrl: "https://example.com", customerId: "jane" }
  ) { entityOnboardingSession { id } }
  onboardCustomer(input: { productGroupId: "sandbox-product-group", customer: { id: "jane" } }) { customerOnboard { id } }
}`;
const END = `mutation ($check: ID!, $form: ID!) {
  completeOnboardingSession(input: { id: $check }) { onboardingSession { id } }
  submitEntityOnboardingSession(input: { id: $form }) { entityOnboardingSession { entity { id } } }
}`;

/** Something of everything, finished. @returns the Entity */
async function make(service: Service): Promise<string> {
  const { data } = await service.query(MAKE);
  const ids = {
    check: data.startOnboardingSession.onboardingSession.id,
    form: data.createEntityOnboardingSession.entityOnboardingSession.id,
  };
  const ended = await service.query(END, ids);
  return ended.data.submitEntityOnboardingSession.entityOnboardingSession.entity.id;
}

describe.each([
  ['every provider is down', EVERYWHERE, ['status', 'score', 'entityOnboardingSessions']],
  ['parts of them are down', IN_PARTS, ['score', 'name', 'structure', 'submitted']],
])('when %s', (_when, faults, failing) => {
  let answers: GraphqlAnswer[];
  beforeAll(async () => {
    await using service = await startService({ maxCost: 1_000_000 });
    const entity = await make(service);
    for (const [provider, fault] of faults) await service.fault(provider, { ...OUTAGE, ...fault });
    answers = [
      await service.query(`{
        onboardingCustomer(id: "jane") ${everythingOf('Customer')}
        onboardingSessions ${everythingOf('OnboardingSessionConnection')}
        entityOnboardingSessions ${everythingOf('EntityOnboardingSessionConnection')}
        customerOnboards ${everythingOf('CustomerOnboardConnection')}
      }`),
      await service.query(
        `query ($r: [_Any!]!) { _entities(representations: $r) {
          ... on IncreaseEntity ${everythingOf('IncreaseEntity')}
          ... on IncreaseProgram ${everythingOf('IncreaseProgram')}
        } }`,
        {
          r: [
            { __typename: 'IncreaseEntity', id: entity },
            { __typename: 'IncreaseProgram', id: 'program_sandbox000000000001' },
          ],
        },
      ),
    ];
  });

  it('a field that needs one is null, and nothing beside or above it is', () => {
    const failed = answers.flatMap(({ data, errors = [] }) =>
      errors.map(({ path = [] }) => ({ path: path.join('.'), value: valueAt(data, path) })),
    );

    expect(failed.filter(({ value }) => value !== null)).toEqual([]);
    expect(failed.map(({ path }) => path.split('.').at(-1))).toEqual(expect.arrayContaining(failing));
  });

  it('is told of nothing but the provider', () => {
    const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions['code']));

    expect([...new Set(codes)]).toEqual(['PROVIDER_UNAVAILABLE']);
  });
});

/** Undefined where something above it is null. */
function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((value, key) => (value as Record<string | number, unknown> | null)?.[key], data);
}

/** All that can be selected of a type, each type once on the way down. */
function everythingOf(name: string, above: readonly string[] = []): string {
  const type = schema.getType(name) as GraphQLObjectType;
  const fields = Object.values(type.getFields()).filter((field) => !above.includes(typeOf(field).name));
  const selections = fields.map((field) => {
    const inner = typeOf(field);
    return isObjectType(inner) ? `${field.name} ${everythingOf(inner.name, [...above, name])}` : field.name;
  });
  return `{ __typename ${selections.join(' ')} }`;
}

function typeOf({ type }: GraphQLField<unknown, unknown>) {
  return getNamedType(type);
}
