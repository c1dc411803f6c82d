import {
  GraphQLError,
  GraphQLID,
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

import { INEXACT_ID, isExactId } from '../onboarding/input-rules.ts';

/**
 * `ID`, but for numbers that are no longer what the caller wrote: JSON's are doubles, so that 9007199254740993 has become
 * another id, perhaps another person's, before anybody here sees it. In a document a number is text, and is exact.
 */
const ExactID = new GraphQLScalarType({
  ...GraphQLID.toConfig(),
  parseValue(value) {
    if (typeof value === 'number' && !isExactId(value)) throw new GraphQLError(`ID ${INEXACT_ID}`);
    return GraphQLID.parseValue(value);
  },
});

/** Makes every `ID` of the schema refuse what was rounded. A schema's text cannot: `ID` is graphql-js's own in each. */
export function withExactIds(schema: GraphQLSchema): GraphQLSchema {
  const types = schema.getTypeMap();
  types[ExactID.name] = ExactID;
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
  return type === GraphQLID ? ExactID : type;
}
