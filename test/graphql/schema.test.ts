import { readFileSync } from 'node:fs';

import { Kind, isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import { subgraphSchema } from '../../src/graphql/schema.ts';

const typeDefs = parse(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

describe('the subgraph', () => {
  it('serves the types of schema.graphql, under their names', () => {
    const declared = typeDefs.definitions.flatMap((node) =>
      node.kind !== Kind.DIRECTIVE_DEFINITION && 'name' in node && node.name ? [node.name.value] : [],
    );
    const served = Object.keys(subgraphSchema().getTypeMap());

    expect(served).toEqual(expect.arrayContaining(declared));
    expect(served).not.toContain('DateTimeISO');
  });

  it('describes every type, field, argument, input and enum value', () => {
    const undescribed: string[] = [];
    const check = (name: string, { description }: { description?: string | null | undefined }) => {
      if (!description) undescribed.push(name);
    };
    const types = Object.values(subgraphSchema().getTypeMap()).filter(
      ({ name }) =>
        !name.startsWith('_') &&
        !['String', 'Int', 'Boolean', 'ID', 'Float', 'Query', 'Mutation'].includes(name),
    );
    for (const type of types) {
      if (type.name.includes('__')) continue; // federation's own
      check(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
      }
    }
    for (const type of Object.values(subgraphSchema().getTypeMap())) {
      if (type.name.startsWith('_') || !(isObjectType(type) || isInterfaceType(type))) continue;
      for (const field of Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'))) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }

    expect(types.length).toBeGreaterThan(40);
    expect(undescribed).toEqual([]);
  });
});
