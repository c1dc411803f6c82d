import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

const json = { 'content-type': 'application/json' };

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What a client sends of a document: its hash, and the text when it was asked for that. */
interface Sent {
  readonly hashOf: string;
  readonly query?: string;
  readonly version?: number;
}

const extensions = ({ hashOf, version = 1 }: Sent) => ({
  persistedQuery: { version, sha256Hash: createHash('sha256').update(hashOf).digest('hex') },
});

async function post({ query, ...sent }: Sent) {
  const body = JSON.stringify({ extensions: extensions({ ...sent }), ...(query && { query }) });
  return answerOf(await fetch(service.url, { method: 'POST', headers: json, body }));
}

async function get({ query, ...sent }: Sent) {
  const parameters = { extensions: JSON.stringify(extensions({ ...sent })), ...(query && { query }) };
  return answerOf(
    await fetch(`${service.url}?${new URLSearchParams(parameters).toString()}`, { headers: json }),
  );
}

async function answerOf(response: Response) {
  const { data, errors } = (await response.json()) as GraphqlAnswer;
  return { status: response.status, data, codes: errors?.map(({ extensions: { code } }) => code) };
}

describe.each([
  ['POST', post],
  ['GET', get],
])('automatic persisted queries by %s', (method, send) => {
  const query = `{ ${method}: __typename }`;
  const ok = { status: 200, data: { [method]: 'Query' }, codes: undefined };

  it('are registered with their text once it is asked for, and from then on answered by their hash', async () => {
    const unknown = await send({ hashOf: query });
    const registered = await send({ hashOf: query, query });
    const known = await send({ hashOf: query });

    expect(unknown).toEqual({ status: 200, data: undefined, codes: ['PERSISTED_QUERY_NOT_FOUND'] });
    expect([registered, known]).toEqual([ok, ok]);
  });

  it('are not registered under the hash of another text', async () => {
    const other = `{ other${method}: __typename }`;

    expect(await send({ hashOf: other, query })).toEqual({
      status: 400,
      data: undefined,
      codes: ['BAD_USER_INPUT'],
    });
    expect((await send({ hashOf: other })).codes).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('are not registered when they cannot be carried out', async () => {
    const misspelt = `{ misspelt${method} }`;

    expect((await send({ hashOf: misspelt, query: misspelt })).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect((await send({ hashOf: misspelt })).codes).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('are refused in a version that there is not', async () => {
    expect(await send({ hashOf: query, query, version: 2 })).toEqual({
      status: 400,
      data: undefined,
      codes: ['BAD_USER_INPUT'],
    });
  });
});

describe('a wrong hash', () => {
  it.each([
    ['a hash of another text', '1', 'The sha256Hash is not that of the query.'],
    ['another version', '2', 'Persisted queries are answered in version 1.'],
  ])('is told in plain words: %s', async (_what, version, message) => {
    const body = `{"query":"{ __typename }","extensions":{"persistedQuery":{"version":${version},"sha256Hash":"x"}}}`;

    const response = await fetch(service.url, { method: 'POST', headers: json, body });

    expect(await response.json()).toMatchObject({ errors: [{ message }] });
  });

  it('is no error in our log', async () => {
    const { length } = service.log();

    await post({ hashOf: '{ other: __typename }', query: '{ __typename }' });

    expect(service.log().slice(length)).toContain('"codes":["BAD_USER_INPUT"]');
    expect(service.log().slice(length)).not.toContain('"level":50');
  });
});

describe('a mutation that was registered', () => {
  it('is not carried out by GET', async () => {
    const query = 'mutation { startOnboardingSession(input: {}) { userErrors { code } } }';
    await post({ hashOf: query, query });

    expect(await get({ hashOf: query })).toMatchObject({ status: 405 });
  });
});
