import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';

import type { Caller } from '../../onboarding/caller.ts';
import { Forbidden } from '../../onboarding/errors.ts';
import type { Context } from '../context.ts';
import { guardOf, type Guard } from './access.ts';

/**
 * Has a mutation refused before it is carried out where it asks for what its caller may not see and cannot have again. That is
 * a field of the payload itself that has a directive of its own: what can be read later has it on its type, or on that type's
 * fields, and is null where it may not be seen.
 */
export function guardWhatIsAnsweredOnce(schema: GraphQLSchema): GraphQLSchema {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  for (const field of mutations as GraphQLField<unknown, Context>[]) {
    const payload = getNamedType(field.type);
    if (!isObjectType(payload)) continue;
    const guards = guardsIn(payload);
    if (guards.size === 0) continue;
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, values, context, info) => {
      for (const name of askedOf(payload, info)) letThrough(guards.get(name), name, context.caller);
      return resolve(source, values, context, info);
    };
  }
  return schema;
}

function guardsIn(payload: GraphQLObjectType): ReadonlyMap<string, Guard> {
  const guarded = Object.values(payload.getFields()).flatMap((field) => {
    const guard = guardOf(field);
    return guard ? [[field.name, guard] as const] : [];
  });
  return new Map(guarded);
}

/** The fields that this operation selects of the payload, through fragments and under whatever names; not those it skips. */
function askedOf(
  payload: GraphQLObjectType,
  { schema, fragments, variableValues, fieldNodes }: GraphQLResolveInfo,
) {
  const selected = collectSubfields(schema, fragments, variableValues, payload, fieldNodes);
  return new Set([...selected.values()].flat().map(({ name }) => name.value));
}

function letThrough(guard: Guard | undefined, name: string, caller: Caller): void {
  try {
    guard?.(caller);
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    throw new Forbidden(`Nothing was sent, because \`${name}\` is answered here alone. ${error.message}`);
  }
}
