import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { breakingChanges } from './breaking-changes.ts';
import { reproach, unannounced } from './unannounced.ts';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

describe('the contract', () => {
  it('breaks nobody who uses the released one, unless the changelog says so', async () => {
    const changes = await breakingChanges(read('./released.graphql'), read('../../schema.graphql'));

    expect(reproach(unannounced(changes, read('../../CHANGELOG.md')))).toBe('');
  });
});

describe('breaking changes', () => {
  it.each([
    ['a field that is gone', 'b: Int', '', 'A.b'],
    ['a field that may be null', 'a: Int!', 'a: Int', 'A.a'],
    ['a field of another type', 'b: Int', 'b: String', 'A.b'],
    ['a new argument that has to be given', 'c(d: Int): A', 'c(d: Int, e: Int!): A', 'A.c.e'],
    ['an argument that is gone', 'c(d: Int): A', 'c: A', 'A.c.d'],
    ['a new input field that has to be given', 'x: Int', 'x: Int y: Int!', 'I.y'],
    ['an enum value that is gone', 'ONE TWO', 'ONE', 'E.TWO'],
    ['a type that other subgraphs can no longer join to', '@key(fields: "a")', '', 'A'],
    ['a type that other subgraphs can no longer share', '@shareable', '', 'S'],
    ['a field that is hidden', 'b: Int', 'b: Int @inaccessible', 'A.b'],
    ['a field that asks for a token', 'b: Int', 'b: Int @authenticated', 'A.b'],
    ['a field that asks for a scope', 'b: Int', 'b: Int @requiresScopes(scopes: [["s"]])', 'A.b'],
    ['a type that asks for one scope more', '[["r"]]', '[["r", "s"]]', 'S'],
    ['a type that asks for another scope', '[["r"]]', '[["s"]]', 'S'],
  ])('are told of %s', async (_what, old, now, coordinate) => {
    const changes = await breakingChanges(sdl, changed(old, now));

    expect(changes.map((change) => change.coordinate)).toContain(coordinate);
  });

  it.each([
    ['a new field', 'b: Int', 'b: Int z: Int'],
    ['a new field that asks for a scope', 'b: Int', 'b: Int z: Int @requiresScopes(scopes: [["s"]])'],
    ['a new argument that may be left out', 'c(d: Int): A', 'c(d: Int, e: Int): A'],
    ['a field that is never null any more', 'b: Int', 'b: Int!'],
    ['a deprecated field', 'b: Int', 'b: Int @deprecated(reason: "old")'],
    ['a new enum value', 'ONE TWO', 'ONE TWO THREE'],
    ['a second scope that does as well', '[["r"]]', '[["r"], ["s"]]'],
    ['a token that is enough now', '@requiresScopes(scopes: [["r"]])', '@authenticated'],
    ['a directive that only this subgraph reads', 'directive @own on OBJECT', ''],
    ['another cost', '@cost(weight: 1)', '@cost(weight: 9)'],
    ['another description', '"Words."', '"Other words."'],
  ])('are none in %s', async (_what, old, now) => {
    expect(await breakingChanges(sdl, changed(old, now))).toEqual([]);
  });
});

describe('a breaking change', () => {
  const change = { coordinate: 'A.b', message: "Field 'b' was removed from object type 'A'" };

  it.each([
    ['by its name', under('## Unreleased', '', '### Breaking', '', '- `A.b` is gone: ask for `A.c`.')],
    ['by its type', under('## Unreleased', '', '### Breaking', '', '- `A` is gone.', '', '### Added')],
  ])('is announced %s under "Breaking" of "Unreleased"', (_how, changelog) => {
    expect(unannounced([change], changelog)).toEqual([]);
  });

  it.each([
    ['in no changelog', ''],
    [
      'under "Added"',
      under('## Unreleased', '', '### Breaking', '', '- `B`', '', '### Added', '', '- `A.b`'),
    ],
    [
      'under "Breaking" of a release',
      under('## Unreleased', '', '## 1.0.0', '', '### Breaking', '', '- `A.b`'),
    ],
    ['without backticks', under('## Unreleased', '', '### Breaking', '', '- A.b is gone.')],
    ['by the name of another field', under('## Unreleased', '', '### Breaking', '', '- `A.bc` is gone.')],
  ])('is not announced %s', (_where, changelog) => {
    expect(unannounced([change], changelog)).toEqual([change]);
  });

  it('is told with its name, its reason and what to write where', () => {
    expect(reproach([change])).toMatch(
      /- A\.b: Field 'b' was removed[\s\S]*CHANGELOG\.md[\s\S]*### Breaking[\s\S]*`A\.b`/,
    );
  });
});

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  directive @own on OBJECT
  type Query { a: A s: S }
  "Words."
  type A @key(fields: "a") { a: Int! b: Int c(d: Int): A f(i: I): E @cost(weight: 1) }
  type S @shareable @requiresScopes(scopes: [["r"]]) { a: Int }
  input I { x: Int }
  enum E { ONE TWO }
`;

function under(...lines: string[]): string {
  return ['# Changelog', '', ...lines, ''].join('\n');
}

function changed(old: string, now: string): string {
  expect(sdl).toContain(old);
  return sdl.replace(old, now);
}
