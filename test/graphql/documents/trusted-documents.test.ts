import { describe, expect, it } from 'vitest';

import { subgraphSchema } from '../../../src/graphql/schema.ts';
import { trustedDocuments, UnusableManifest } from '../../../src/graphql/documents/trusted-documents.ts';

const schema = subgraphSchema();
const limits = { maxCost: 1_000 };
const sessions = 'query Sessions($first: Int) {\n  onboardingSessions(first: $first) { nodes { id } }\n}';
const operation = { id: 'hash-1', name: 'Sessions', type: 'query', body: sessions };
const apollo = (...operations: object[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
});

function problemsOf(manifest: unknown): readonly string[] {
  try {
    trustedDocuments(manifest, schema, limits);
  } catch (error) {
    if (error instanceof UnusableManifest) return error.problems;
    throw error;
  }
  return [];
}

describe('trusted documents', () => {
  it.each([
    ["Apollo's", apollo(operation)],
    ["Relay's", { 'hash-1': sessions }],
  ])('are found by id and by text in a manifest of %s format', (_whose, manifest) => {
    const documents = trustedDocuments(manifest, schema, limits);

    expect(documents.size).toBe(1);
    expect(documents.byId('hash-1')).toBe(sessions);
    expect(documents.byText(sessions)).toBe(sessions);
  });

  it('are found by a text that is laid out in another way, and by no other text', () => {
    const documents = trustedDocuments(apollo(operation), schema, limits);

    expect(
      documents.byText('query Sessions($first:Int){onboardingSessions(first:$first){nodes{id}}} # mine'),
    ).toBe(sessions);
    expect(documents.byText(sessions.replace('id', 'status'))).toBeUndefined();
    expect(documents.byText(sessions.slice(0, -1))).toBeUndefined();
    expect(documents.byText('"')).toBeUndefined();
  });

  it.each(['hash-2', '__proto__', 'constructor', ''])('are not found by the id %j', (id) => {
    expect(trustedDocuments({ 'hash-1': sessions }, schema, limits).byId(id)).toBeUndefined();
  });

  it.each([
    ['null', null],
    ['a later version of Apollo’s', { ...apollo(operation), version: 2 }],
    ['operations without ids', apollo({ name: 'Sessions', body: sessions })],
    ['a list of texts', [sessions]],
    ['texts that are none', { 'hash-1': { query: sessions } }],
  ])('cannot be read from %s', (_what, manifest) => {
    expect(problemsOf(manifest)).toEqual([expect.stringMatching(/^is neither a manifest/)]);
  });

  it.each([
    ['no operation', {}, /^holds no operation/],
    [
      'an id twice',
      apollo(operation, { ...operation, body: '{ __typename }' }),
      /^gives the id hash-1 to more than one operation\./,
    ],
  ])('cannot be those of a manifest with %s', (_what, manifest, problem) => {
    expect(problemsOf(manifest)).toEqual([expect.stringMatching(problem)]);
  });

  it('name every operation that cannot be carried out', () => {
    const manifest = apollo(
      { ...operation, id: 'a', name: 'Misspelt', body: '{ onboardingSessionz { nodes { id } } }' },
      operation,
      {
        ...operation,
        id: 'd',
        name: 'Costly',
        body: 'query Costly($first: Int = 100) { onboardingSessions(first: $first) { edges { node { customer { onboardingSessions { nodes { id } } } } } } }',
      },
      { ...operation, id: 'b', name: 'Broken', body: 'query Broken {' },
      { ...operation, id: 'c', name: 'Deep', body: `{a${'{a'.repeat(20)}${'}'.repeat(21)}` },
    );

    expect(problemsOf(manifest)).toEqual([
      expect.stringMatching(
        /^has an operation «Misspelt» \(a\) that cannot be carried out\. Cannot query field/,
      ),
      expect.stringMatching(
        /^has an operation «Costly» \(d\) .* This operation costs \d{4}, and one may cost 1000\./,
      ),
      expect.stringMatching(/^has an operation «Broken» \(b\) that cannot be carried out\. Syntax Error/),
      expect.stringMatching(/^has an operation «Deep» \(c\) that cannot be carried out\. .* deep\./),
    ]);
  });
});
