import { buildSchema, parse, validate, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { extentOf } from '../../../src/graphql/limits/cost.ts';
import { subgraphSchema } from '../../../src/graphql/schema.ts';

const subgraph = subgraphSchema();

function extent(text: string, variables = {}, schema = subgraph) {
  const document = parse(text);
  if (validate(schema, document).length > 0) throw new Error('The document is not valid');
  return extentOf(schema, document, document.definitions[0] as OperationDefinitionNode, variables);
}
const cost = (...of: Parameters<typeof extent>) => extent(...of).cost;
const list = (args: string) =>
  `{ onboardingSessions${args} { edges { cursor node { id } } pageInfo { hasNextPage } } }`;

const fifty = (inner: string) => `{ onboardingSessions(first: 50) { nodes { ${inner} } } }`;
const doubling = (depth: number) =>
  `{ ...F0 } ${Array.from(
    { length: depth },
    (_each, index) => `fragment F${index} on Query { a { ...F${index + 1} } b: a { ...F${index + 1} } }`,
  ).join(' ')} fragment F${depth} on Query { __typename }`;

describe('extentOf', () => {
  it('is 1 for what has fields, and nothing for the fields of a scalar', () => {
    expect(cost('{ onboardingSession(id: "x") { id configurationId createdAt } }')).toBe(1);
    expect(cost('{ __typename __schema { types { name } } }')).toBe(0);
  });

  it('adds what a field is said to cost', () => {
    expect(cost('{ onboardingSession(id: "x") { status } }')).toBe(2);
    expect(cost('mutation { startOnboardingSession(input: {}) { sessionToken } }')).toBe(10);
  });

  it('multiplies by the length of the page that is asked for, or the one that is answered without', () => {
    // the connection, its pageInfo, and an edge and a node for each
    expect(cost(list('(first: 10)'))).toBe(2 + 10 * 2);
    expect(cost(list(''))).toBe(2 + 20 * 2);
    expect(cost(list('(first: 0)'))).toBe(2);
  });

  it('takes the length from a variable, its default, or that of the argument', () => {
    const text = 'query ($n: Int = 5) { onboardingSessions(first: $n) { nodes { id } } }';

    expect(cost(text, { n: 50 })).toBe(51);
    expect(cost(text)).toBe(6);
    expect(cost('query ($n: Int) { onboardingSessions(first: $n) { nodes { id } } }')).toBe(21);
  });

  it('never takes a page to be longer than one can be: the field itself refuses that', () => {
    expect(cost('{ onboardingSessions(first: 1000000000) { nodes { id } } }')).toBe(101);
    expect(cost('{ onboardingSessions(first: -1) { nodes { id } } }')).toBe(1);
  });

  it('multiplies lists in lists, through fragments, too', () => {
    const text = `{ onboardingSessions(first: 10) { ...Page } }
      fragment Page on OnboardingSessionConnection { nodes { customer { customerOnboards(first: 5) { nodes { id } } } } }`;

    // the connection, then ten times: the node, its customer, the customer's connection, and five nodes
    expect(cost(text)).toBe(1 + 10 * (1 + 1 + 1 + 5));
  });

  it('counts each entity by what is asked of its type', () => {
    const text = `query ($r: [_Any!]!) {
      _entities(representations: $r) {
        ... on IncreaseProgram { name }
        ... on OnboardingSession { status score { value } }
      }
    }`;
    const r = [
      { __typename: 'IncreaseProgram' },
      { __typename: 'IncreaseProgram' },
      { __typename: 'OnboardingSession' },
    ];

    expect(cost(text, { r })).toBe(2 * 1 + (1 + 1 + 1));
    expect(cost(text, { r: Array.from({ length: 500 }, () => ({ __typename: 'IncreaseProgram' })) })).toBe(
      500,
    );
  });

  describe('of what may be of several types', () => {
    const several = buildSchema(`
      directive @cost(weight: Int!) on FIELD_DEFINITION
      directive @listSize(assumedSize: Int) on FIELD_DEFINITION
      interface Event { id: ID! what: Thing }
      type Thing { name: String }
      type Started implements Event { id: ID! what: Thing started: Thing }
      type Ended implements Event { id: ID! what: Thing @cost(weight: 7) a: String b: String c: String }
      union Any = Started | Ended
      type Query { event: Event events: [Event!] @listSize(assumedSize: 3) any: Any }
    `);

    it('is the largest of them, not their sum', () => {
      expect(cost('{ event { id what { name } ... on Started { started { name } } } }', {}, several)).toBe(8);
      expect(cost('{ event { what { name } } }', {}, several)).toBe(1 + 7);
      expect(cost('{ any { ... on Started { started { name } what { name } } } }', {}, several)).toBe(3);
    });

    it('is the largest for each in a list', () => {
      expect(cost('{ events { what { name } ... on Started { started { name } } } }', {}, several)).toBe(24);
    });

    it('is as many values as the one with the most, which need not be the one that costs most', () => {
      const { values } = extent('{ event { id ... on Started { started { name } } } }', {}, several);
      const ofEnded = extent('{ event { __typename ... on Ended { a b c } } }', {}, several);

      expect(values).toBe(1 + 1 + 2);
      expect(ofEnded.values).toBe(1 + 1 + 3);
      expect(ofEnded.cost).toBe(1);
    });
  });

  it('counts an entity that is asked for outside of a list, by a variable or not', () => {
    const lists = '... on Customer { onboardingSessions(first: 100) { nodes { id } } }';

    expect(cost(`{ _entities(representations: { __typename: "Customer", id: "x" }) { ${lists} } }`)).toBe(
      102,
    );
    expect(
      cost(`query ($r: [_Any!]!) { _entities(representations: $r) { ${lists} } }`, {
        r: { __typename: 'Customer', id: 'x' },
      }),
    ).toBe(102);
  });

  it('counts the values that are answered, scalars included', () => {
    // the connection, its nodes, and of each its id twice
    expect(extent('{ onboardingSessions(first: 10) { nodes { id again: id } } }').values).toBe(1 + 10 * 3);
  });

  it('counts once what several fragments ask for under one name', () => {
    const fragments = Array.from(
      { length: 8 },
      (_each, index) => `fragment F${index} on OnboardingSession { status customer { id } score { status } }`,
    );
    const spreads = fragments.map((_each, index) => `...F${index}`).join(' ');

    expect(extent(`${fifty(spreads)} ${fragments.join(' ')}`)).toEqual(
      extent(fifty('status customer { id } score { status }')),
    );
  });

  it('counts as many values as a list can have that no argument cuts', () => {
    const text = 'mutation { startOnboardingSession(input: {}) { userErrors { message } } }';

    expect(extent(text)).toEqual({ cost: 10 + 2, values: 1 + 50 * 2 });
  });

  it('counts a URL, which can be long, as ten values', () => {
    expect(extent('{ entityOnboardingSession(id: "x") { redirectUrl } }').values).toBe(1 + 10);
  });

  it('leaves out what is skipped', () => {
    const text =
      'query ($no: Boolean!) { onboardingSession(id: "x") { customer @include(if: $no) { id } status @skip(if: true) } }';

    expect(cost(text, { no: false })).toBe(1);
    expect(cost(text, { no: true })).toBe(2);
  });

  it('is refused for fragments that double each other more often than anybody can count', () => {
    const schema = buildSchema('type Query { a: Query }');

    expect(cost(doubling(10), {}, schema)).toBe(2 ** 11 - 2);
    expect(() => cost(doubling(60), {}, schema)).toThrow(/too much to be reckoned/);
  });
});
