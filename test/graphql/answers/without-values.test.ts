import { buildSchema, graphql } from 'graphql';
import { describe, expect, it } from 'vitest';

import { withoutValues } from '../../../src/graphql/answers/without-values.ts';

const schema = buildSchema(/* GraphQL */ `
  enum Consent {
    WRITTEN
    STOP
  }
  input Person {
    name: String!
    born: Int
    consent: Consent
    tags: [Boolean!]
  }
  type Query {
    person(input: Person!): Int
  }
`);
const secret = '5556667777';

async function messagesOf(source: string, input?: unknown): Promise<string[]> {
  const { errors = [] } = await graphql({ schema, source, variableValues: { input } });
  return errors.map(({ message }) => withoutValues(message));
}
const ofVariable = (input: unknown) => messagesOf('query ($input: Person!) { person(input: $input) }', input);

describe('withoutValues', () => {
  it.each([
    [secret, 'Expected type "Person" to be an object.'],
    [{ name: [secret] }, 'at "input.name"; String cannot represent a non string value.'],
    [{ name: 'a', born: secret }, 'at "input.born"; Int cannot represent non-integer value.'],
    [
      { name: 'a', born: 5_556_667_777 },
      'at "input.born"; Int cannot represent non 32-bit signed integer value.',
    ],
    [{ name: 'a', consent: secret }, 'at "input.consent"; It is not one of the values of "Consent".'],
    [{ name: 'a', consent: 'WRITEN' }, 'at "input.consent"; It is not one of the values of "Consent".'],
    [
      { name: 'a', tags: [true, secret] },
      'at "input.tags[1]"; Boolean cannot represent a non boolean value.',
    ],
    [{ born: 1, note: secret }, 'It has a field that "Person" does not define.'],
    [{}, 'Field "name" of required type "String!" was not provided.'],
    [{ name: null }, 'at "input.name"; Expected non-nullable type "String!" not to be null.'],
    [
      { name: { x: ` at "input.born"; ${secret}` } },
      'at "input.name"; String cannot represent a non string value.',
    ],
  ])('says where and why the variable %j is wrong, and not what it holds', async (input, message) => {
    const messages = await ofVariable(input);

    expect(messages.join('\n')).toContain(message);
    expect(messages.join('\n')).not.toContain('555');
  });

  it.each([
    [`{ person(input: "${secret}") }`, 'Expected value of type "Person!".'],
    [`{ person(input: { name: ${secret} }) }`, 'String cannot represent a non string value.'],
    [`{ person(input: { name: "a", born: "${secret}" }) }`, 'Int cannot represent non-integer value.'],
    [`{ person(input: { name: "a", consent: X${secret} }) }`, 'It is not one of the values of "Consent".'],
    [
      `{ person(input: { name: "a", consent: "${secret}" }) }`,
      'Enum "Consent" cannot represent non-enum value.',
    ],
    [`{ "${secret}" }`, 'Syntax Error: Expected Name.'],
    [`query ${secret} { person }`, 'Syntax Error: Expected "{".'],
  ])('says why %s is wrong, and not what stands there', async (source, message) => {
    const messages = await messagesOf(source);

    expect(messages.join('\n')).toContain(message);
    expect(messages.join('\n')).not.toContain('555');
  });

  it.each([
    'Cannot query field "nosuch" on type "Query".',
    'Unknown argument "frist" on field "Query.onboardingSessions".',
    'Variable "$f" of required type "Int!" was not provided.',
    'Must provide an operation.',
  ])('keeps what names the schema alone: %s', (message) => {
    expect(withoutValues(message)).toBe(message);
  });
});
