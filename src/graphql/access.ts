import {
  defaultFieldResolver,
  getNamedType,
  isIntrospectionType,
  isObjectType,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

import type { Caller } from '../onboarding/caller.ts';
import { Forbidden, Unauthenticated } from '../onboarding/errors.ts';
import type { Context } from './context.ts';

/** What a caller needs to be let in: to be known, and all scopes of at least one of each list's groups. */
interface Requirement {
  readonly authenticated: boolean;
  /** As `@requiresScopes` has it: any of the inner lists, all of its scopes. One for each directive that applies. */
  readonly scopes: readonly (readonly (readonly string[])[])[];
}

/**
 * Makes the schema's own `@authenticated` and `@requiresScopes` hold here: a router that stands in front may apply them, too,
 * but whoever asks without one is bound by the same. A directive of a type holds for every field that answers it.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
  for (const type of objects.filter((object) => !isIntrospectionType(object))) {
    for (const field of Object.values(type.getFields()) as GraphQLField<unknown, Context>[]) {
      const requirement = requirementOf(field, getNamedType(field.type));
      if (!requirement) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, values, context, info) => {
        check(requirement, context.caller);
        return resolve(source, values, context, info);
      };
    }
  }
  return schema;
}

/**
 * Lets a caller have an entity of this type, or throws.
 * @throws {Unauthenticated} {@link Forbidden}
 */
export function requireAccess(type: GraphQLNamedType, caller: Caller): void {
  const requirement = requirementOf(type);
  if (requirement) check(requirement, caller);
}

function check({ scopes }: Requirement, caller: Caller): void {
  if (!caller.isAuthenticated) throw new Unauthenticated();
  const { scopes: granted } = caller;
  if (granted === 'ALL') return;
  for (const groups of scopes) {
    if (!groups.some((group) => group.every((scope) => granted.has(scope)))) throw new Forbidden(groups);
  }
}

function requirementOf(
  ...elements: readonly {
    readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null;
  }[]
): Requirement | null {
  const directives = elements.flatMap(({ astNode }) => astNode?.directives ?? []);
  const named = (name: string) => directives.filter((directive) => directive.name.value === name);
  const scopes = named('requiresScopes').map(scopesOf);
  const authenticated = scopes.length > 0 || named('authenticated').length > 0;
  return authenticated ? { authenticated, scopes } : null;
}

function scopesOf({ arguments: given }: ConstDirectiveNode): string[][] {
  const argument = given?.find(({ name }) => name.value === 'scopes');
  return argument ? (valueFromASTUntyped(argument.value) as string[][]) : [];
}
