import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-trusted-'));
afterAll(() => rmSync(folder, { recursive: true }));

const json = { 'content-type': 'application/json' };
const sessions = /* GraphQL */ `
  query Sessions($first: Int) {
    onboardingSessions(first: $first) {
      __typename
      nodes {
        id
      }
    }
  }
`;
const start =
  'mutation Start { startOnboardingSession(input: { externalCustomerId: "t" }) { userErrors { code } } }';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const hash = hashOf(sessions);
const untrusted = '{ onboardingSessions { nodes { id } } }';

let service: Service;
beforeAll(async () => {
  const file = join(folder, 'apollo.json');
  const operations = [sessions, start].map((body) => ({
    id: hashOf(body),
    name: /\w+ (\w+)/.exec(body)![1],
    type: body === start ? 'mutation' : 'query',
    body,
  }));
  writeFileSync(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  service = await startService({ trustedDocuments: file });
});
afterAll(() => service.stop());

async function post(body: object, url = service.url) {
  const response = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as GraphqlAnswer) };
}

async function get(parameters: Record<string, string>) {
  const response = await fetch(`${service.url}?${new URLSearchParams(parameters).toString()}`, {
    headers: json,
  });
  return { status: response.status, ...((await response.json()) as GraphqlAnswer) };
}

const persistedQuery = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });
const answered = {
  status: 200,
  data: { onboardingSessions: { __typename: 'OnboardingSessionConnection', nodes: [] } },
};

describe('with TRUSTED_DOCUMENTS, an operation of the manifest', () => {
  it.each<[how: string, body: object]>([
    ["Apollo's hash", { extensions: persistedQuery(hash), operationName: 'Sessions' }],
    ["Apollo's hash with the text", { extensions: persistedQuery(hash), query: sessions }],
    ['documentId', { documentId: hash }],
    ['a documentId with its kind', { documentId: `sha256:${hash}` }],
    ["Relay's doc_id", { doc_id: hash, query: null }],
    ["Relay's id", { id: hash, query: '' }],
    ['its text', { query: sessions, operationName: null, extensions: null }],
    ['its text laid out in another way', { query: sessions.replaceAll(/\s+/g, ' ') }],
  ])('is answered by %s, in a body', async (_how, body) => {
    expect(await post({ ...body, variables: { first: 0 } })).toEqual(answered);
  });

  it.each<[how: string, parameters: Record<string, string>]>([
    ["Apollo's hash", { extensions: JSON.stringify(persistedQuery(hash)), operationName: 'Sessions' }],
    ['documentId', { documentId: hash }],
    ["Relay's doc_id", { doc_id: hash }],
    ['its text', { query: sessions }],
  ])('is answered by %s, in the URL', async (_how, parameters) => {
    expect(await get({ ...parameters, variables: '{"first":0}' })).toEqual(answered);
  });

  it('gets its variables', async () => {
    const { data, errors } = await post({ documentId: hash, variables: { first: 101 } });

    expect(data).toEqual({ onboardingSessions: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is not carried out by GET when it is a mutation', async () => {
    expect(await get({ documentId: hashOf(start) })).toMatchObject({ status: 405 });
  });

  it.each([
    ['a page of another site', {}, 400],
    ['a caller who accepts no JSON', { ...json, accept: 'text/html' }, 406],
  ])('is not answered to %s', async (_who, headers, status) => {
    const response = await fetch(`${service.url}?documentId=${hash}`, { headers });

    expect(response.status).toBe(status);
  });

  it("is found in a manifest of Relay's", async () => {
    const file = join(folder, 'relay.json');
    writeFileSync(file, JSON.stringify({ 'an-id': sessions }));
    await using relay = await startService({ trustedDocuments: file });

    expect(await post({ doc_id: 'an-id', variables: { first: 0 } }, relay.url)).toEqual(answered);
  });
});

describe('with TRUSTED_DOCUMENTS, every other operation', () => {
  it.each<[what: string, body: object]>([
    ['a text', { query: untrusted }],
    ['a syntax error', { query: '{' }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ["the subgraph's schema", { query: '{ _service { sdl } }' }],
    ['an unknown hash', { extensions: persistedQuery(hashOf(untrusted)) }],
    ['the registration of a hash', { extensions: persistedQuery(hashOf(untrusted)), query: untrusted }],
    ['another text under a known hash', { extensions: persistedQuery(hash), query: untrusted }],
    ['another text under a known id', { documentId: hash, query: untrusted }],
    ['an unknown id', { documentId: 'constructor' }],
    ['an id that is no text', { documentId: [hash] }],
    ['a text that is none', { query: [sessions] }],
    ['nothing', { variables: {} }],
  ])('is refused: %s', async (_what, body) => {
    const { status, data, errors } = await post(body);

    expect([status, data]).toEqual([403, undefined]);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^Only trusted documents are answered.* publish it in the manifest/),
        extensions: { code: 'FORBIDDEN', requestId: expect.any(String) },
      },
    ]);
  });

  it.each<[what: string, parameters: Record<string, string>]>([
    ['a text', { query: untrusted }],
    ['an unknown hash', { extensions: JSON.stringify(persistedQuery('x')) }],
    ['extensions that are no JSON', { extensions: '{' }],
    ['extensions that are null', { extensions: 'null' }],
  ])('is refused in the URL: %s', async (_what, parameters) => {
    expect(await get(parameters)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('is refused in a URL that has a trusted one, too', async () => {
    const trusted = encodeURIComponent(sessions);
    const other = encodeURIComponent(untrusted);

    const answers = await Promise.all(
      [`${trusted}&query=${other}`, `${other}&query=${trusted}`].map((query) =>
        fetch(`${service.url}?query=${query}`, { headers: json }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });
});
