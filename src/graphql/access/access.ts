import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isObjectType,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

import type { Caller } from '../../onboarding/caller.ts';
import { Forbidden, Unauthenticated } from '../../onboarding/errors.ts';
import type { Context } from '../context.ts';

/** Lets a caller through, or throws. @throws {Unauthenticated} {@link Forbidden} */
export type Guard = (caller: Caller) => void;

/**
 * Makes the schema's own `@authenticated` and `@requiresScopes` hold here: a router that stands in front may apply them, too,
 * but whoever asks without one is bound by the same. A directive of a type holds for every field that answers it, and those
 * of an abstract type's possible types for every field that answers the abstract one: composers add them up in the same way.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
  for (const type of objects.filter((object) => !isIntrospectionType(object))) {
    for (const field of Object.values(type.getFields()) as AnyField[]) {
      if (field.name === '_entities') continue; // each representation is guarded by its own type
      const guard = guardOf(field, ...answersOf(schema, field));
      if (!guard) continue;
      field.resolve = guarded(field.resolve ?? defaultFieldResolver, guard);
      if (field.subscribe) field.subscribe = guarded(field.subscribe, guard);
    }
  }
  return schema;
}

type AnyField = GraphQLField<unknown, Context>;
type Resolver = GraphQLFieldResolver<unknown, Context>;

function answersOf(schema: GraphQLSchema, { type }: AnyField): GraphQLNamedType[] {
  const named = getNamedType(type);
  return isAbstractType(named) ? [named, ...schema.getPossibleTypes(named)] : [named];
}

function guarded(resolver: Resolver, guard: Guard): Resolver {
  return (source, values, context, info) => {
    guard(context.caller);
    return resolver(source, values, context, info);
  };
}

/** What the directives of a schema's elements ask for together; null where they ask for nothing. */
export function guardOf(
  ...elements: readonly {
    readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null;
  }[]
): Guard | null {
  const directives = elements.flatMap(({ astNode }) => astNode?.directives ?? []);
  const named = (name: string) => directives.filter((directive) => directive.name.value === name);
  const needed = named('requiresScopes').map(scopesOf);
  if (needed.length === 0 && named('authenticated').length === 0) return null;

  return ({ isAuthenticated, scopes: granted }) => {
    if (!isAuthenticated) throw new Unauthenticated();
    if (granted === 'ALL') return;
    for (const groups of needed) {
      if (!groups.some((group) => group.every((scope) => granted.has(scope)))) throw new Forbidden(groups);
    }
  };
}

/** Any of the inner lists, all of its scopes. */
function scopesOf({ arguments: given }: ConstDirectiveNode): string[][] {
  const argument = given?.find(({ name }) => name.value === 'scopes');
  return argument ? (valueFromASTUntyped(argument.value) as string[][]) : [];
}
