import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';

// On input, Date and URL take any text: a mutation's rules check it together with everything else, and tell all problems at
// once as `userErrors`. A scalar's own error would end the request at the first one, and quote the birth date that it is about.

function textScalar(name: string): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} must be given as a string`);
    return value;
  };
  return new GraphQLScalarType({
    name,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
    serialize: (value) => value as string,
  });
}

export const DateScalar = textScalar('Date');
export const URLScalar = textScalar('URL');
/** A `Date` in the code; RFC 3339 in UTC outside. */
export const DateTimeScalar = new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' });
