import { buildSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { withExactIds } from '../../src/graphql/exact-ids.ts';
import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Variables as they are written: JavaScript would round them before they are sent. */
async function post(query: string, variables: string): Promise<GraphqlAnswer> {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  return (await response.json()) as GraphqlAnswer;
}

const START = `mutation ($input: StartOnboardingSessionInput!) {
  startOnboardingSession(input: $input) { onboardingSession { id externalCustomerId } userErrors { code } }
}`;
const ONBOARD = `mutation ($input: OnboardCustomerInput!) { onboardCustomer(input: $input) { userErrors { code } } }`;
const REPRESENTATIONS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }`;

describe('an ID that is a number', () => {
  it.each([
    ['a key', START, '{"input":{"idempotencyKey":9007199254740992}}'],
    ['an input’s field', START, '{"input":{"externalCustomerId":1234567890123456789}}'],
    [
      'an input’s input',
      ONBOARD,
      '{"input":{"productGroupId":"sandbox-product-group","customer":{"id":-9007199254740993}}}',
    ],
    ['an argument', 'query ($id: ID!) { onboardingCustomer(id: $id) { id } }', '{"id":1e21}'],
    [
      'a filter',
      'query ($of: ID) { customerOnboards(filter: { customerId: $of }) { nodes { id } } }',
      '{"of":12345678901234567890}',
    ],
    [
      'a filter given as a whole',
      'query ($by: OnboardingSessionFilter) { onboardingSessions(filter: $by) { nodes { id } } }',
      '{"by":{"externalCustomerId":12345678901234567890}}',
    ],
    ['no whole number', 'query ($id: ID!) { onboardingCustomer(id: $id) { id } }', '{"id":1.5}'],
    ...['9007199254740991.4', '0.99999999999999999999', '-0', '-0.0', '1e2', '100.0', '1E+2'].map(
      (id): [string, string, string] => [
        `whole only when it is read, ${id}`,
        'query ($id: ID!) { onboardingCustomer(id: $id) { id } }',
        `{"id":${id}}`,
      ],
    ),
    [
      'a representation’s key that is whole only when it is read',
      REPRESENTATIONS,
      '{"r":[{"__typename":"Customer","id":1e2}]}',
    ],
    ['a representation’s key', REPRESENTATIONS, '{"r":[{"__typename":"Customer","id":9007199254740993}]}'],
    [
      'a representation’s key in the document',
      '{ _entities(representations: [{ __typename: "Customer", id: 9007199254740993 }]) { ... on Customer { id } } }',
      '{}',
    ],
  ])('is refused where it may have been rounded: %s', async (_where, query, variables) => {
    const { data, errors } = await post(query, variables);

    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('must be given as a string: as a number it is rounded, unless'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    const messages = errors?.map(({ message }) => message);
    expect(JSON.stringify([data, messages]).replaceAll('9007199254740991', '')).not.toMatch(
      /\d{12}|1\.5|e21/,
    );
  });

  it('sends nothing then, and leaves no key behind', async () => {
    await post(START, '{"input":{"idempotencyKey":9007199254740992}}');
    await post(START, '{"input":{"idempotencyKey":9007199254740993}}');

    expect(await service.requests('incode')).toEqual([]);
  });

  it.each([
    ['a variable', 'query ($id: ID!) { onboardingCustomer(id: $id) { id } }', '{"id":9007199254740991}'],
    ['one below zero', 'query ($id: ID!) { onboardingCustomer(id: $id) { id } }', '{"id":-9007199254740991}'],
    ['text', 'query ($id: ID!) { onboardingCustomer(id: $id) { id } }', '{"id":"12345678901234567890"}'],
    ['a document', '{ onboardingCustomer(id: 12345678901234567890) { id } }', '{}'],
    ['a default', 'query ($id: ID! = 12345678901234567890) { onboardingCustomer(id: $id) { id } }', '{}'],
  ])('is taken as it is written where it is exact: in %s', async (_where, query, variables) => {
    const { data, errors } = await post(query, variables);

    const [written] = /-?\d{16,}/.exec(`${query}${variables}`) ?? [];
    expect(errors).toBeUndefined();
    expect(data.onboardingCustomer).toEqual({ id: written });
  });

  it('is a representation’s key, too, where it is exact', async () => {
    const { data, errors } = await post(REPRESENTATIONS, '{"r":[{"__typename":"Customer","id":42}]}');

    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ id: '42' }]);
  });
});

describe('a number that is no ID', () => {
  it.each(['2', '2.0', '2e0', '20e-1'])('is read however it is written: %s', async (first) => {
    const query = 'query ($first: Int) { entityOnboardingSessions(first: $first) { nodes { id } } }';
    const { data, errors } = await post(query, `{"first":${first}}`);

    expect(errors).toBeUndefined();
    expect(data.entityOnboardingSessions.nodes).toHaveLength(2);
  });

  it('costs as much however it is written', async () => {
    const many = Array.from(
      { length: 20 },
      (_each, index) => `a${index}: entityOnboardingSessions(first: $first) { nodes { program { id } } }`,
    );
    const query = `query ($first: Int) { ${many.join(' ')} }`;

    const [plain, other] = [await post(query, '{"first":100}'), await post(query, '{"first":1e2}')];

    expect(other.errors?.map(({ message }) => message)).toEqual(plain.errors?.map(({ message }) => message));
    expect(plain.errors?.[0]?.message).toMatch(/cost/i);
  });

  it.each([
    ['1e2', 400],
    ['0.99999999999999999999', 400],
    ['-0', 400],
    ['"1e2"', 200],
    ['12', 200],
  ])('is refused in a URL where it is whole only when it is read: %s', async (id, status) => {
    const url = new URL(service.url);
    url.searchParams.set('query', 'query ($id: ID!) { onboardingCustomer(id: $id) { id } }');
    url.searchParams.set('variables', `{"id":${id}}`);

    const response = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });

    expect(response.status).toBe(status);
  });
});

describe('withExactIds', () => {
  it('reaches every list, input and default of a schema', async () => {
    const schema = withExactIds(
      buildSchema(`
        input Inner { ids: [[ID!]!] }
        type Query { a(ids: [ID!], inner: Inner): [ID!] }
      `),
    );
    const ask = (variableValues: Record<string, unknown>) =>
      graphql({
        schema,
        source: 'query ($ids: [ID!], $inner: Inner) { a(ids: $ids, inner: $inner) }',
        rootValue: { a: ({ ids }: { ids?: string[] }) => ids },
        variableValues,
      });

    expect(await ask({ ids: ['1', 2 ** 53] })).toMatchObject({ errors: [{ path: undefined }] });
    expect(await ask({ inner: { ids: [['1'], [2 ** 53]] } })).toMatchObject({
      errors: [{ path: undefined }],
    });
    expect(await ask({ ids: ['1', 2] })).toEqual({ data: { a: ['1', '2'] } });
  });
});
