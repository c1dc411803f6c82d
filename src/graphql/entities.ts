import { entitiesResolver } from '@apollo/subgraph';
import { isUnionType, type GraphQLField, type GraphQLSchema } from 'graphql';

import { BadUserInput } from '../onboarding/errors.ts';
import { guardOf, type Guard } from './access/access.ts';
import type { Context } from './context.ts';
import { checkRepresentations } from './limits/representations.ts';

/** What Apollo Server adds where it answers how long something may be kept. */
interface Cached {
  readonly cacheControl?: { readonly cacheHint: { restrict(hint: { readonly maxAge: number }): void } };
}

/**
 * Resolves `_entities` one by one: what is wrong with a representation, its type included, is an error at its own index,
 * and the others are answered. @apollo/subgraph's resolver gives all of them up.
 */
export function resolveEntitiesOneByOne(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()['_entities'] as
    | GraphQLField<unknown, Context, { representations: readonly unknown[] }>
    | undefined;
  const union = schema.getType('_Entity');
  if (!field || !isUnionType(union)) throw new TypeError('The schema has no entities');
  const guards = new Map<unknown, Guard | null>(union.getTypes().map((type) => [type.name, guardOf(type)]));

  field.resolve = (_root, { representations }, context, info) => {
    checkRepresentations(representations);
    return representations.map(async (representation) => {
      const name = (representation as { __typename?: unknown } | null)?.__typename;
      const guard = guards.get(name);
      if (guard === undefined) {
        throw new BadUserInput('A representation must name an entity of this subgraph in `__typename`.');
      }
      guard?.(context.caller);
      const [entity] = entitiesResolver({ representations: [representation], context, info }) as unknown[];
      // What is not there may be made at any time, however long it may be kept then.
      if ((await entity) === null) (info as Cached).cacheControl?.cacheHint.restrict({ maxAge: 0 });
      return entity;
    });
  };
  return schema;
}
