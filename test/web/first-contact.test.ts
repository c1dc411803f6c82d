import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

// As Chromium and Firefox send it for an address that is typed.
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

let service: Service;
let closed: Service;
beforeAll(async () => {
  [service, closed] = await Promise.all([startService(), startService({ playground: false })]);
});
afterAll(() => Promise.all([service.stop(), closed.stop()]));

async function get(path: string, headers: Record<string, string>, { url } = service) {
  const response = await fetch(url + path, { headers, redirect: 'manual' });
  const body = await response.text();
  const { errors } = (body === '' ? {} : JSON.parse(body)) as GraphqlAnswer;
  return { status: response.status, headers: response.headers, message: errors?.[0]?.message };
}

const HOW =
  'This is a GraphQL API, and no query was sent. POST {"query": "{ __typename }"} here with content-type: application/json.';

describe('whoever opens /graphql and asks for nothing', () => {
  it('in a browser is led to the playground', async () => {
    const { status, headers } = await get('', { accept: BROWSER });

    expect([status, headers.get('location')]).toEqual([302, '/graphiql']);
    expect(headers.get('vary')).toContain('accept');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('in a browser is told how to send a query where there is no playground', async () => {
    expect(await get('', { accept: BROWSER }, closed)).toMatchObject({ status: 400, message: HOW });
    expect(await get('', { accept: 'text/html' }, closed)).toMatchObject({ status: 400, message: HOW });
  });

  it.each<[string, string, Record<string, string>]>([
    ['curl', '', { accept: '*/*' }],
    ['a client', '', { accept: 'application/json' }],
    ['a client that says so', '', { 'content-type': 'application/json' }],
    ['whoever sends variables alone', '?variables={}', { accept: '*/*' }],
  ])('as %s does, is told how to send a query, and of the playground', async (_who, path, headers) => {
    expect(await get(path, headers)).toMatchObject({
      status: 400,
      message: `${HOW} The playground is at /graphiql.`,
    });
  });
});

it.each(['?query={__typename}', '?extensions={}'])(
  'whoever asks %s without a header of his own is told which to send',
  async (path) => {
    expect(await get(path, { accept: BROWSER })).toMatchObject({
      status: 400,
      message:
        'A query by GET needs a header that a page of another site cannot send (CSRF): content-type: application/json, or apollo-require-preflight: true. Or send it by POST.',
    });
  },
);

it.each<Record<string, string>>([
  { 'content-type': 'application/json' },
  { 'apollo-require-preflight': 'true' },
  { 'x-apollo-operation-name': 'A' },
])('whoever sends %o with a query is answered', async (headers) => {
  expect(await get('?query={__typename}', headers)).toMatchObject({ status: 200, message: undefined });
});
