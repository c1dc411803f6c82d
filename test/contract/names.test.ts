import { readFileSync } from 'node:fs';

import { buildASTSchema, isIntrospectionType, isSpecifiedScalarType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import { COMMON_NAMES } from './common-names.ts';

const sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
const SHARED = ['Customer', 'PageInfo', 'Date', 'DateTime', 'URL'];

const types = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .map(({ name }) => name)
  .filter((name) => !ROOTS.has(name));
const fieldsOf = (root: { getFields(): object } | null | undefined) => Object.keys(root?.getFields() ?? {});
const common = {
  types: (['types', 'inputs', 'enums', 'interfaces', 'unions', 'scalars'] as const).flatMap(
    (kind): readonly string[] => COMMON_NAMES[kind],
  ),
  fields: (['queries', 'mutations', 'subscriptions'] as const).flatMap(
    (kind): readonly string[] => COMMON_NAMES[kind],
  ),
};

describe('a name of the graph', () => {
  it('is none that other subgraphs use, unless it is shared on purpose', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

    expect(types.filter((name) => common.types.includes(name))).toEqual([]);
    expect(roots.flatMap(fieldsOf).filter((name) => common.fields.includes(name))).toEqual([]);
    expect(types).toEqual(expect.arrayContaining(SHARED));
  });

  it('says whose it is: a provider’s, an operation’s, or onboarding’s', () => {
    const own = types.filter((name) => !SHARED.includes(name));

    expect(own.filter((name) => !/Onboard|Incode|Increase|Relay/.test(name))).toEqual([]);
  });
});

describe('the common names', () => {
  it('are many, and each a type of one kind', () => {
    expect(common.types.length + common.fields.length).toBeGreaterThan(150);
    expect(common.types.filter((name, index) => common.types.indexOf(name) !== index)).toEqual([]);
    expect(common.types.filter((name) => SHARED.includes(name))).toEqual([]);
  });
});
