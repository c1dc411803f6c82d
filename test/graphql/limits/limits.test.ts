import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function post(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: response.status, body: (await response.json()) as any };
}

const refused = (message: RegExp) => ({
  status: 400,
  body: {
    errors: [
      {
        message: expect.stringMatching(message),
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      },
    ],
  },
});
const NODES = '{ onboardingSessions(first: 100) { nodes { id customer { id } status } } }';

describe('an operation that asks for too much', () => {
  it.each<[string, string, RegExp]>([
    ['depth', '{a'.repeat(2_000), /12 fields deep/],
    ['aliases', `{ ${'a: __typename '.repeat(40)} }`, /30 aliases/],
    ['tokens', `{ ${'a '.repeat(6_000)} }`, /5000 tokens/],
  ])('has too many or too much: %s', async (_what, query, message) => {
    expect(await post({ query })).toMatchObject(refused(message));
  });

  it('is refused on the way of a GET, too', async () => {
    const query = encodeURIComponent(`{ ${'a: __typename '.repeat(40)} }`);
    // The last is no UTF-8, which is read in one way here and in another there.
    for (const url of [`${service.url}?query=${query}`, `${service.url}?query=${query}%23%FF`]) {
      const response = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject(refused(/30 aliases/).body);
    }
  });

  it('asks for too many values, though they cost nothing', async () => {
    const ids = Array.from({ length: 28 }, (_each, index) => `a${index}: id`).join(' ');
    const list = '(first: 100) { nodes { ...Ids } }';
    const query = `{ b: onboardingSessions${list} ${Array.from({ length: 8 }, (_each, index) => `c${index}: onboardingSessions${list}`).join(' ')} } fragment Ids on OnboardingSession { ${ids} }`;

    expect(await post({ query })).toMatchObject(refused(/asks for 26109 values, and one may for 20000/));
  });

  it('costs too much, and is not begun', async () => {
    const before = (await service.requests('increase')).length;
    const all = Array.from(
      { length: 10 },
      (_each, index) => `a${index}: entityOnboardingSessions(first: 100) { nodes { id } }`,
    );

    expect(await post({ query: `{ ${all.join(' ')} }` })).toMatchObject(
      refused(/^This operation costs 1010, and one may cost 1000\./),
    );
    expect((await service.requests('increase')).length).toBe(before);
  });

  it('has more than 500 representations', async () => {
    const r = Array.from({ length: 501 }, () => ({ __typename: 'Customer', id: 'x' }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';

    expect(await post({ query, variables: { r } })).toMatchObject(refused(/at most 500 representations/));
    expect((await post({ query, variables: { r: r.slice(1) } })).status).toBe(200);
  });

  it('is told what it costs, however little, when it asks', async () => {
    const { body } = await post({ query: NODES }, { 'graphql-cost': 'report' });
    const unasked = await post({ query: NODES });

    // the connection, and 100 times the node, its customer and its status
    expect(body.extensions).toEqual({ cost: { estimated: 301, max: 1_000 } });
    expect(body.errors).toBeUndefined();
    expect(unasked.body).not.toHaveProperty('extensions');
  });

  it('may be told otherwise by the configuration', async () => {
    await using small = await startService({ maxCost: 10 });

    const { errors } = await small.query(NODES);

    expect(errors).toMatchObject([{ message: expect.stringMatching(/one may cost 10\./) }]);
  });
});
