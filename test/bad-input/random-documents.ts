import * as fc from 'fast-check';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

const MAX_DEPTH = 5;
const ODD = [
  '""',
  '"x"',
  '"🙂"',
  '"\\u0000"',
  '"a/../b"',
  '"""block"""',
  '-1',
  '0',
  '20',
  '1e9',
  '9007199254740993',
  'null',
  'true',
  'OTHER',
  '[]',
  '[null]',
  '{}',
  '{ id: "x" }',
  '$missing',
  '"customer-1001"',
  '"entity_onboarding_session_sandbox000000000001"',
];

/** Documents made from a schema: most of them nearly right, and none of them meant by anybody. */
export function randomDocuments(schema: GraphQLSchema): fc.Arbitrary<string> {
  return fc
    .array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 120 })
    .map((numbers) => documentFrom(schema, numbers));
}

/** Writes a document by what the numbers choose; where there are no more, the first choice is taken. */
function documentFrom(schema: GraphQLSchema, numbers: readonly number[]): string {
  let next = 0;
  const choose = (count: number) => (numbers[next++] ?? 0) % count;
  const among = <T>(values: readonly T[]): T => values[choose(values.length)] as T;
  const oneIn = (count: number) => choose(count) === count - 1;

  function value(type: GraphQLInputType, depth: number): string {
    if (oneIn(6)) return among(ODD);
    if (isNonNullType(type)) return value(type.ofType, depth);
    if (isListType(type))
      return `[${Array.from({ length: choose(3) }, () => value(type.ofType, depth)).join(', ')}]`;
    if (isEnumType(type)) return among(type.getValues()).name;
    if (isInputObjectType(type)) {
      if (depth === 0) return '{}';
      const fields = Object.values(type.getFields()).filter(({ type: of }) => isNonNullType(of) || oneIn(3));
      return `{${fields.map((field) => `${field.name}: ${value(field.type, depth - 1)}`).join(', ')}}`;
    }
    return (
      { Int: '3', Boolean: 'false', Date: '"1990-02-30"', URL: '"https://example.com"' }[type.name] ??
      among(ODD)
    );
  }

  function given(args: readonly GraphQLArgument[]): string {
    const chosen = args.filter(({ type }) => (isNonNullType(type) ? !oneIn(12) : oneIn(2)));
    return chosen.length === 0
      ? ''
      : `(${chosen.map(({ name, type }) => `${name}: ${value(type, 3)}`).join(', ')})`;
  }

  function selections(type: GraphQLCompositeType, depth: number): string {
    const written = Array.from({ length: 1 + choose(4) }, () => selection(type, depth));
    return `{ ${written.join(' ')} }`;
  }

  function selection(type: GraphQLCompositeType, depth: number): string {
    if (oneIn(25))
      return among(['nothingHere', '...Nowhere', '... on Nobody { id }', '__typename', '{', '@']);
    if (!isObjectType(type)) {
      const inner = among(schema.getPossibleTypes(type));
      return `... on ${inner.name} ${selections(inner, depth - 1)}`;
    }
    if (oneIn(10)) return `... on ${type.name} ${directive()}${selections(type, depth - 1)}`;
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
    );
    if (fields.length === 0) return '__typename';
    const field = among(fields);
    const inner = getNamedType(field.type);
    const below =
      isCompositeType(inner) !== oneIn(40) && isCompositeType(inner) ? selections(inner, depth - 1) : '';
    return `${oneIn(4) ? 'other: ' : ''}${field.name}${given(field.args)} ${directive()}${below}`;
  }

  function directive(): string {
    return oneIn(15)
      ? `${among(['@skip(if: true)', '@include(if: false)', '@skip', '@nothing', '@include(if: 3)'])} `
      : '';
  }

  const kind = among(['query', 'query', 'query', 'mutation', 'subscription'] as const);
  const root = schema.getRootType(kind as never) ?? schema.getQueryType();
  if (!root) throw new TypeError('The schema has no query');
  return `${kind} ${selections(root, MAX_DEPTH)}`;
}
