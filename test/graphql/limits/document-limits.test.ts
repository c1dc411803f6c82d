import { describe, expect, it } from 'vitest';

import { checkDocument } from '../../../src/graphql/limits/document-limits.ts';
import { RefusedOperation } from '../../../src/graphql/answers/refused-operation.ts';

const refusal = (text: string): string | null => {
  try {
    checkDocument(text);
  } catch (error) {
    if (error instanceof RefusedOperation) return error.message;
    throw error;
  }
  return null;
};
const nested = (depth: number, inner = 'id') =>
  `${'{ a '.repeat(depth - 1)}{ ${inner} }${' }'.repeat(depth - 1)}`;
const aliases = (count: number, from = 0) =>
  Array.from({ length: count }, (_each, index) => `a${from + index}: x`).join(' ');
const tokens = (count: number) =>
  `{ ${Array.from({ length: count - 2 }, (_each, index) => `a${index}`).join(' ')} }`;
const fragments = (count: number) =>
  Array.from({ length: count }, (_each, index) => `fragment F${index} on T { id }`).join(' ');
const types = (count: number) =>
  Array.from({ length: count }, (_each, index) => `t${index}: __type(name: "T") { name }`).join(' ');
const TOO_DEEP = 'An operation can be at most 12 fields deep.';

describe('checkDocument', () => {
  it('lets 12 fields stand in each other, and not 13', () => {
    expect(refusal(nested(12))).toBeNull();
    expect(refusal(nested(13))).toBe(TOO_DEEP);
  });

  it('counts what fragments bring with them', () => {
    const fragment = `fragment F on T ${nested(6)}`;

    expect(refusal(`${nested(7, '...F')} ${fragment}`)).toBeNull();
    expect(refusal(`${nested(8, '...F')} ${fragment}`)).toBe(TOO_DEEP);
    expect(refusal(`${nested(8, '... on T { ...F }')} ${fragment}`)).toBe(TOO_DEEP);
  });

  it('leaves introspection to the rule that graphql has for it', () => {
    expect(refusal(`{ __schema ${nested(20)} }`)).toBeNull();
  });

  it('lets a field have 30 aliases, and not 31, wherever they stand', () => {
    const message = 'An operation can have at most 30 aliases of one field.';

    expect(refusal(`{ ${aliases(30)} y: z }`)).toBeNull();
    expect(refusal(`{ ${aliases(31)} }`)).toBe(message);
    expect(refusal(`{ ${aliases(20)} ...F } fragment F on T { ${aliases(11, 20)} }`)).toBe(message);
  });

  it('lets fields be repeated, but not so often that comparing them takes long', () => {
    expect(refusal(`{ ${'a { id } '.repeat(100)} }`)).toBeNull();
    expect(refusal(`{ ${'a { id } '.repeat(101)} }`)).toMatch(/repeat its fields/);
  });

  it('lets a document have 5,000 tokens, and not one more', () => {
    expect(refusal(tokens(5_000))).toBeNull();
    expect(refusal(tokens(5_001))).toBe('An operation can have at most 5000 tokens.');
  });

  it('lets a text be 65,536 characters and 1,500 lines long, and a name 200 characters', () => {
    expect(refusal(`{ a }${' '.repeat(65_531)}`)).toBeNull();
    expect(refusal(`{ a }${' '.repeat(65_532)}`)).toMatch(/65536 characters/);
    expect(refusal(`{ a }${'\r\n'.repeat(1_499)}`)).toBeNull();
    expect(refusal(`{ a }${'\n'.repeat(1_500)}`)).toMatch(/1500 lines/);
    expect(refusal(`query ${'a'.repeat(200)} { a }`)).toBeNull();
    expect(refusal(`query ${'a'.repeat(201)} { a }`)).toMatch(/200 characters/);
  });

  it('lets a document have 300 fragments', () => {
    expect(refusal(`{ a } ${fragments(300)}`)).toBeNull();
    expect(refusal(`{ a } ${fragments(301)}`)).toMatch(/300 fragments/);
  });

  it('counts what is repeated in one place, inline fragments included, and not in many', () => {
    const nodes = Array.from({ length: 400 }, (_each, index) => `a${index} { id }`).join(' ');

    expect(refusal(`{ ${nodes} }`)).toBeNull();
    expect(refusal(`{ ${'... on T { id } '.repeat(102)} }`)).toMatch(/repeat its fields/);
  });

  it('lets an alias have 64 characters', () => {
    expect(refusal(`{ ${'a'.repeat(64)}: id }`)).toBeNull();
    expect(refusal(`{ ${'a'.repeat(65)}: id }`)).toMatch(/64 characters/);
  });

  it("lets federation's SDL have 2 aliases", () => {
    expect(refusal('{ a: _service { b: sdl sdl } }')).toBeNull();
    expect(refusal('{ a: _service { b: sdl c: sdl } }')).toMatch(/2 aliases besides/);
    expect(refusal('{ _service { ...S } } fragment S on _Service { b: sdl c: sdl d: sdl }')).toMatch(
      /2 aliases besides/,
    );
  });

  it('lets introspection have 2 aliases, in fragments, too', () => {
    const message = 'Introspection can have at most 2 aliases besides those of `__type`.';

    expect(refusal('{ __schema { a: types { name } b: types { name } } }')).toBeNull();
    expect(refusal('{ __schema { a: types { name } b: types { name } c: types { name } } }')).toBe(message);
    expect(
      refusal('{ __schema { types { a: name ...T } } } fragment T on __Type { b: fields { c: name } }'),
    ).toBe(message);
    expect(refusal('{ a: __typename b: __typename c: __typename x { d: __typename } }')).toBeNull();
  });

  it('lets introspection ask for 10 types at once, and not 11', () => {
    expect(refusal(`{ ${types(10)} }`)).toBeNull();
    expect(refusal(`{ ${types(11)} }`)).toBe('Introspection can have at most 10 aliases of `__type`.');
    expect(refusal(`{ ${types(2)} __type(name: "T") { a: name b: name c: name } }`)).toMatch(
      /2 aliases besides/,
    );
  });

  it('goes through fragments that contain each other many times over, or themselves', () => {
    const doubling = Array.from(
      { length: 60 },
      (_each, index) => `fragment F${index} on T { ...F${index + 1} ...F${index + 1} }`,
    ).join(' ');

    expect(refusal(`{ ...F0 } ${doubling} fragment F60 on T { id }`)).toBeNull();
    expect(refusal('{ ...A } fragment A on T { a { ...B } } fragment B on T { b { ...A } }')).toBeNull();
  });

  it.each([
    ['fields', '{a'.repeat(2_400)],
    ['objects', `{ a(b: ${'{c:'.repeat(1_600)}`],
    ['lists', `{ a(b: ${'['.repeat(4_900)}`],
  ])('refuses %s in each other without going into them', (_what, text) => {
    expect(refusal(text)).toBe(TOO_DEEP);
  });

  it.each(['', '{', '{ a(b: "', '\u0000', '{ a } garbage ~', 'query ($a: [[[Int', '"""'])(
    'leaves %j to whoever parses it',
    (text) => {
      expect(refusal(text)).toBeNull();
    },
  );
});
