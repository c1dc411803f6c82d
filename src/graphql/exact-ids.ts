import {
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLScalarType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';

import { INEXACT_ID, isInexactId } from '../onboarding/input-rules.ts';

/**
 * `ID`, but for numbers that are no longer what the caller wrote: JSON's are doubles, so that 9007199254740993 has become
 * another id, perhaps another person's, before anybody here sees it. In a document a number is text, and is exact.
 */
const ExactID = new GraphQLScalarType({
  ...GraphQLID.toConfig(),
  parseValue(value) {
    if (isInexactId(value)) throw new GraphQLError(`ID ${INEXACT_ID}`);
    return GraphQLID.parseValue(value);
  },
});

/** Numbers take a whole one however it was written (`1e2`), which {@link isInexactId} tells from others as a `bigint`. */
function forgiving<T extends number>(type: GraphQLScalarType<T>): GraphQLScalarType<T> {
  return new GraphQLScalarType({
    ...type.toConfig(),
    parseValue: (value) => type.parseValue(typeof value === 'bigint' ? Number(value) : value),
  });
}

const REPLACED: ReadonlyMap<unknown, GraphQLScalarType> = new Map<unknown, GraphQLScalarType>([
  [GraphQLID, ExactID],
  [GraphQLInt, forgiving(GraphQLInt)],
  [GraphQLFloat, forgiving(GraphQLFloat)],
]);

/** Makes every `ID` of the schema refuse what was rounded. A schema's text cannot: `ID` is graphql-js's own in each. */
export function withExactIds(schema: GraphQLSchema): GraphQLSchema {
  const types = schema.getTypeMap();
  for (const type of REPLACED.values()) if (types[type.name]) types[type.name] = type;
  for (const type of Object.values(types)) {
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(makeExact);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) [field, ...field.args].forEach(makeExact);
  }
  return schema;
}

function makeExact(element: { type: GraphQLType }): void {
  element.type = exact(element.type);
}

function exact(type: GraphQLType): GraphQLType {
  if (isNonNullType(type)) return new GraphQLNonNull(exact(type.ofType) as typeof type.ofType);
  if (isListType(type)) return new GraphQLList(exact(type.ofType));
  return REPLACED.get(type) ?? type;
}
