import { readFileSync } from 'node:fs';

import { Kind, parse, visit, type ASTNode, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';

import { subgraphSchema, subgraphSdl } from '../../src/graphql/schema.ts';

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

  it('describes itself and all that it defines', () => {
    const { described, undescribed } = descriptionsOf(typeDefs);

    expect(undescribed).toEqual([]);
    expect(described.length).toBeGreaterThan(250);
    expect(described).toEqual(expect.arrayContaining(['schema', 'Query', 'Mutation', 'cacheControl.maxAge']));
  });

  it('serves its descriptions', () => {
    const { described } = descriptionsOf(parse(subgraphSdl()));

    expect(described).toEqual(expect.arrayContaining(descriptionsOf(typeDefs).described));
  });
});

/** What can be described in a schema: itself, types, directives, fields, arguments and values, as `Type.field.argument`. */
function descriptionsOf(document: DocumentNode) {
  const described: string[] = [];
  const undescribed: string[] = [];
  const path: string[] = [];
  visit(document, {
    enter(node) {
      if (!isDefinition(node)) return;
      path.push('name' in node && node.name ? node.name.value : 'schema');
      (node.description?.value ? described : undescribed).push(path.join('.'));
    },
    leave(node) {
      if (isDefinition(node)) path.pop();
    },
  });
  return { described, undescribed };
}

type Definition = Extract<ASTNode, { readonly description?: unknown }>;

function isDefinition(node: ASTNode): node is Definition {
  return node.kind.endsWith('Definition') && node.kind !== Kind.OPERATION_TYPE_DEFINITION;
}
