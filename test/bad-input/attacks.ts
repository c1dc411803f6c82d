/** One request that nobody should send, and what it is to hear. */
export interface Attack {
  readonly name: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: RegExp;
}

const graphql = (query: string, variables: object = {}) => JSON.stringify({ query, variables });
const LIST =
  'query ($first: Int, $after: String) { entityOnboardingSessions(first: $first, after: $after) { nodes { id } } }';
const BY_ID = 'query ($id: ID!) { entityOnboardingSession(id: $id) { id } }';
const FILTERED = 'query ($f: CustomerOnboardFilter) { customerOnboards(filter: $f) { nodes { id } } }';
const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
const repeated = <T>(count: number, one: (index: number) => T) =>
  Array.from({ length: count }, (_each, index) => one(index));

/** Answered 200, with one error for the field. */
const wrongArgument = (name: string, body: string): Attack => ({
  name,
  body,
  status: 200,
  code: /^BAD_USER_INPUT$/,
});
/** Refused before anything is done. */
const refused = (name: string, body: string | Buffer, code = /^BAD_USER_INPUT$/): Attack => ({
  name,
  body,
  status: 400,
  code,
});

const INVALID = /^GRAPHQL_(PARSE|VALIDATION)_FAILED$/;

/** What a bad day brings, as far as it needs nothing from the service that it is sent to. */
export const ATTACKS: readonly Attack[] = [
  ...[-1, 101, 1e9].map((first) => wrongArgument(`first: ${first}`, graphql(LIST, { first }))),
  refused('first: 1e12', graphql(LIST, { first: 1e12 })),
  ...['x', ' ', 'AAAA', '🙂', '\u0000', 'a'.repeat(100_000)].map((after) =>
    wrongArgument(`a cursor ${JSON.stringify(after.slice(0, 10))}`, graphql(LIST, { after })),
  ),
  ...['..', '.', '', 'a/../b', '%2e%2e', 'a'.repeat(10_240), '🙂', '\u0000', 'a\r\nx: y', 'a?b=c', 'a#b'].map(
    (id) => wrongArgument(`an id ${JSON.stringify(id.slice(0, 10))}`, graphql(BY_ID, { id })),
  ),
  refused('20,000 aliases', graphql(`{ ${repeated(20_000, (index) => `a${index}: __typename`).join(' ')} }`)),
  refused('2,000 aliases', graphql(`{ ${repeated(2_000, (index) => `a${index}: __typename`).join(' ')} }`)),
  refused('the same field 4,900 times', graphql(`{ ${'onboardingSession '.repeat(4_900)} }`)),
  refused(
    '100 fields that conflict',
    graphql(`{ ${repeated(100, (index) => `x(a: ${index})`).join(' ')} }`),
    INVALID,
  ),
  refused('800 fields that conflict', graphql(`{ ${repeated(800, (index) => `x(a: ${index})`).join(' ')} }`)),
  refused('a depth of 2,000', graphql('{a'.repeat(2_000) + '}'.repeat(2_000))),
  refused('an input of depth 2,000', graphql(`{ a(b: ${'['.repeat(2_000)}${']'.repeat(2_000)}) }`)),
  refused('a type of depth 2,000', graphql(`query ($a: ${'['.repeat(2_000)}Int${']'.repeat(2_000)}) { a }`)),
  refused(
    'fragments in a cycle',
    graphql('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
    INVALID,
  ),
  refused(
    'fragments that double 200 times',
    graphql(`
      {
        ...F0
      }
      ${repeated(200, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ')}
      fragment F200 on Query {
        nothing
      }
    `),
    INVALID,
  ),
  refused(
    'introspection in itself',
    graphql(`
      {
        __schema {
          types {
            fields {
              type {
                fields {
                  type {
                    fields {
                      type {
                        fields {
                          name
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    `),
    INVALID,
  ),
  refused(
    '20,000 representations',
    graphql(ENTITIES, { r: repeated(20_000, () => ({ __typename: 'IncreaseProgram', id: 'x' })) }),
  ),
  refused(
    '501 representations',
    graphql(ENTITIES, { r: repeated(501, () => ({ __typename: 'Customer', id: 'x' })) }),
  ),
  refused(
    'variables of depth 100,000',
    `{"query":"{ a }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    /^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/,
  ),
  wrongArgument(
    'a representation of depth 10,000',
    `{"query":${JSON.stringify(ENTITIES)},"variables":{"r":[{"__typename":"IncreaseProgram","id":${'['.repeat(10_000)}${']'.repeat(10_000)}}]}}`,
  ),
  refused('a subscription', graphql('subscription { onboardingSession(id: "x") { id } }')),
  refused('a batch', JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }])),
  refused('no JSON', '{"query":'),
  refused('nothing', ''),
  refused('null', 'null'),
  refused('a number', '1'),
  refused('a string', '"{ __typename }"'),
  refused('no query', '{}'),
  refused('a query that is none', '{"query":{"a":1}}'),
  refused('variables that are none', '{"query":"{ __typename }","variables":[1]}'),
  refused('UTF-16', Buffer.from('\ufeff{"query":"{ __typename }"}', 'utf16le')),
  refused(
    'a prototype in an input',
    `{"query":${JSON.stringify(FILTERED)},"variables":{"f":{"__proto__":{"customerId":"x"}}}}`,
  ),
  wrongArgument(
    'a prototype that has the id of a representation',
    `{"query":${JSON.stringify(ENTITIES)},"variables":{"r":[{"__typename":"IncreaseProgram","__proto__":{"id":"x"}}]}}`,
  ),
];
