import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

const json = { 'content-type': 'application/json' };
const program = '{ __typename: "IncreaseProgram", id: "program_sandbox000000000001" }';
const unknownProgram = '{ __typename: "IncreaseProgram", id: "program_sandbox999999999999" }';
const session =
  '{ __typename: "EntityOnboardingSession", id: "entity_onboarding_session_sandbox000000000001" }';
const sessions = 'entityOnboardingSessions(first: 1) { nodes { id program { id name } } }';
const entities = (...representations: string[]) =>
  `_entities(representations: [${representations.join(', ')}]) {
    __typename
    ... on IncreaseProgram { id name bank createdAt }
    ... on EntityOnboardingSession { id status }
  }`;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function post(query: string) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ query }),
  });
  return { cacheControl: response.headers.get('cache-control'), vary: response.headers.get('vary') };
}

async function get(query: string) {
  const response = await fetch(`${service.url}?query=${encodeURIComponent(query)}`, { headers: json });
  return { cacheControl: response.headers.get('cache-control'), vary: response.headers.get('vary') };
}

describe.each([
  ['POST', post],
  ['GET', get],
])('an answer by %s', (_method, send) => {
  it.each([
    ['a program', `{ ${entities(program)} }`],
    ['two programs', `{ ${entities(program, program)} }`],
  ])('with nothing but %s may be kept for five minutes, by this caller', async (_what, query) => {
    expect(await send(query)).toEqual({
      cacheControl: 'max-age=300, private',
      vary: 'accept, authorization',
    });
  });

  it.each([
    ['an unknown program', `{ ${entities(unknownProgram)} }`],
    ['an unknown program beside a known one', `{ ${entities(program, unknownProgram)} }`],
    ['a session beside a program', `{ ${entities(program, session)} }`],
    ['a list', `{ ${sessions} }`],
    ['a list beside a program', `{ ${sessions} ${entities(program)} }`],
    ['the schema', '{ _service { sdl } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a type name', '{ __typename }'],
    ['a syntax error', '{'],
    ['an unknown field', '{ nothing }'],
    ['an id that is none', '{ onboardingSession(id: "..") { id } }'],
    ['an unknown operation', 'query a { __typename } query b { __typename }'],
  ])('with %s may not be kept', async (_what, query) => {
    expect(await send(query)).toMatchObject({ cacheControl: 'no-store' });
  });
});

describe('an answer', () => {
  it('to a mutation may not be kept', async () => {
    const start = 'startOnboardingSession(input: { externalCustomerId: "c" }) { sessionToken }';

    expect(await post(`mutation { ${start} }`)).toMatchObject({ cacheControl: 'no-store' });
    expect(await post('mutation { __typename }')).toMatchObject({ cacheControl: 'no-store' });
  });

  it('without the program that a provider failed to tell may not be kept', async () => {
    await service.fault('increase', { match: '/programs/', status: 500, times: 10 });

    expect(await post(`{ ${entities(program.replace('1"', '2"'))} }`)).toMatchObject({
      cacheControl: 'no-store',
    });
  });

  it.each([
    ['a page of another site', 'GET', '/graphql?query={__typename}', 400, 'no-store'],
    ['another method', 'PUT', '/graphql', 405, 'no-store'],
    ['no body', 'POST', '/graphql', 400, 'no-store'],
    ['no route', 'GET', '/nothing', 404, 'no-store'],
    ['no URL', 'GET', '/%ZZ', 400, 'no-store'],
    ['/', 'GET', '/', 302, 'no-store'],
    ['/healthz', 'GET', '/healthz', 200, 'no-store'],
    ['/readyz', 'GET', '/readyz', 200, 'no-store'],
    ['the playground', 'GET', '/graphiql', 200, 'no-cache'],
    ['no file of the playground', 'GET', '/graphiql/nothing.js', 404, 'no-cache'],
  ])('to %s says whether it may be kept', async (_what, method, path, status, cacheControl) => {
    const response = await fetch(service.origin + path, { method, redirect: 'manual' });

    expect([response.status, response.headers.get('cache-control')]).toEqual([status, cacheControl]);
  });
});
