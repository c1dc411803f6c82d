import { readFileSync } from 'node:fs';

import {
  buildASTSchema,
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  type DirectiveNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';

import { isStricter } from './access.ts';

const ours = schemaOf(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

describe('the schema', () => {
  it('answers null for a root field that fails, so that the others are answered', () => {
    const roots = [ours.getQueryType(), ours.getMutationType()].filter((type) => type !== undefined);
    const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));

    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
    expect(fields.length).toBeGreaterThan(10);
  });

  it('answers null for a field that asks for more than its parent, so that the parent is not lost', () => {
    expect(lostWithAField(ours)).toEqual([]);
  });
});

describe('a field that asks for more than its parent', () => {
  it.each([
    ['by itself', 'a: Int! @authenticated', ['T.a']],
    ['by its type', 'a: Secret!', ['T.a']],
    ['by its type, in a list', 'a: [Secret!]!', ['T.a']],
    ['by what it may be', 'a: Any!', ['T.a']],
    ['and may be null', 'a: Secret', []],
    ['and may be null, before one that asks for the same', 'a: Wrapped', []],
    ['and is asked for less in one place than in another', 'a: Wrapped b: Open', ['Wrapper.secret']],
  ])('is found %s', (_how, fields, found) => {
    const schema = schemaOf(`
      directive @authenticated on OBJECT | FIELD_DEFINITION
      directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
      type Query { t: T }
      type T { ${fields} }
      type Secret @requiresScopes(scopes: [["secrets"]]) { a: Int }
      union Any = Open | Secret
      type Wrapped @requiresScopes(scopes: [["secrets"]]) { wrapper: Wrapper! }
      type Open { wrapper: Wrapper! }
      type Wrapper { secret: Secret! }
    `);

    expect(lostWithAField(schema)).toEqual(found);
  });
});

/** The fields that are never null and may be refused to a caller who was let in to their parent, however it is reached. */
function lostWithAField(schema: GraphQLSchema): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();

  function look(type: GraphQLObjectType, held: readonly DirectiveNode[]): void {
    const place = [type.name, ...held.map(print)].join(' ');
    if (seen.has(place)) return;
    seen.add(place);
    for (const field of Object.values(type.getFields())) {
      const answers = answersOf(schema, getNamedType(field.type));
      const needed = [field, ...answers].flatMap(({ astNode }) => astNode?.directives ?? []);
      if (isNonNullType(field.type) && isStricter(held, needed)) found.add(`${type.name}.${field.name}`);
      const now = [
        ...new Map([...held, ...needed.filter(isOfAccess)].map((node) => [print(node), node])).values(),
      ];
      for (const object of answers.filter(isObjectType)) look(object, now);
    }
  }

  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (root) look(root, []);
  }
  return [...found];
}

function answersOf(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLNamedType[] {
  return isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
}

function isOfAccess({ name }: DirectiveNode): boolean {
  return ['authenticated', 'requiresScopes'].includes(name.value);
}

function schemaOf(sdl: string): GraphQLSchema {
  return buildASTSchema(parse(sdl), { assumeValidSDL: true });
}
