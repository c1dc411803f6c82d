import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';

import type { RefusalCode, UserError } from '../../onboarding/refusal.ts';
import type { Context } from '../context.ts';

const noted = new WeakMap<Context, Set<RefusalCode>>();

/** Has it known of an operation how its mutations were refused, whatever its caller asks of their `userErrors`. */
export function noteUserErrors(schema: GraphQLSchema): GraphQLSchema {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  for (const field of mutations as GraphQLField<unknown, Context>[]) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = async (source, values, context, info) => {
      const payload = (await resolve(source, values, context, info)) as { userErrors?: readonly UserError[] };
      for (const { code } of payload.userErrors ?? []) note(context, code);
      return payload;
    };
  }
  return schema;
}

/** The codes of an operation's `userErrors`, each once. */
export function userErrorCodesOf(context: Context): RefusalCode[] {
  return [...(noted.get(context) ?? [])];
}

function note(context: Context, code: RefusalCode): void {
  const codes = noted.get(context) ?? new Set();
  noted.set(context, codes.add(code));
}
