import { buildSchema, graphql, parse, subscribe, type GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';

import { enforceAccess } from '../../../src/graphql/access/access.ts';
import type { Caller } from '../../../src/onboarding/caller.ts';

const sdl = `
  directive @authenticated on OBJECT | FIELD_DEFINITION
  directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
  interface Event { id: ID! secret: String }
  type Started implements Event @requiresScopes(scopes: [["read"]]) {
    id: ID!
    secret: String @requiresScopes(scopes: [["secrets"]])
  }
  type Ended implements Event @requiresScopes(scopes: [["read"]]) { id: ID! secret: String }
  type Page { events: [Event!] }
  union Anything = Started | Page
  type Query { event: Event page: Page anything: Anything free: Page }
  type Subscription { events: Event ticks: Int @authenticated }
`;
const STARTED = { __typename: 'Started', id: '1', secret: 'hush' };

/** A schema of its own: the guards are put into it. Tells what was asked for. */
function guardedSchema() {
  const asked: string[] = [];
  const answer = (name: string, value: unknown) => () => {
    asked.push(name);
    return value;
  };
  const schema = buildSchema(sdl);
  const { events, ticks } = (schema.getSubscriptionType() as GraphQLObjectType).getFields();
  for (const field of [events, ticks]) {
    field!.subscribe = async function* subscribed() {
      asked.push('subscribe');
      yield { events: STARTED, ticks: 1 };
    };
  }
  const rootValue = {
    event: answer('event', STARTED),
    page: answer('page', { events: answer('page.events', [STARTED]) }),
    anything: answer('anything', { __typename: 'Page' }),
  };
  return { schema: enforceAccess(schema), rootValue, asked };
}

const holder = (...scopes: string[]): Caller => ({
  id: 'a',
  isAuthenticated: true,
  scopes: new Set(scopes),
  customerId: null,
});

async function ask(source: string, caller: Caller) {
  const { schema, rootValue, asked } = guardedSchema();
  const { data, errors } = await graphql({ schema, source, rootValue, contextValue: { caller } });
  return { data, paths: errors?.map(({ path }) => path?.join('.')), asked };
}

describe('enforceAccess', () => {
  it.each([
    ['an interface', '{ event { id } }', { data: { event: null }, paths: ['event'], asked: [] }],
    [
      'a list of an interface',
      '{ page { events { id } } }',
      { data: { page: { events: null } }, paths: ['page.events'], asked: ['page'] },
    ],
    ['a union', '{ anything { __typename } }', { data: { anything: null }, paths: ['anything'], asked: [] }],
  ])(
    'asks at %s for what the types ask for that it may be, before it is resolved',
    async (_of, source, expected) => {
      expect(await ask(source, holder('write'))).toEqual(expected);
    },
  );

  it('lets through whoever holds it', async () => {
    const { data, paths } = await ask(
      '{ event { id } page { events { id } } anything { __typename } }',
      holder('read'),
    );

    expect(paths).toBeUndefined();
    expect(data).toEqual({
      event: { id: '1' },
      page: { events: [{ id: '1' }] },
      anything: { __typename: 'Page' },
    });
  });

  it('guards a field of an implementation that is asked for through the interface', async () => {
    const hidden = await ask('{ event { id secret } }', holder('read'));
    const shown = await ask('{ event { id secret } }', holder('read', 'secrets'));

    expect(hidden).toMatchObject({ data: { event: { id: '1', secret: null } }, paths: ['event.secret'] });
    expect(shown.data).toEqual({ event: { id: '1', secret: 'hush' } });
  });

  it.each([
    ['by its types', 'subscription { events { id } }', holder('write'), holder('read')],
    ['by itself', 'subscription { ticks }', { ...holder(), isAuthenticated: false }, holder()],
  ])(
    'guards a subscription %s before it begins, and each of its events',
    async (_how, source, without, withIt) => {
      const { schema, asked } = guardedSchema();
      const open = (caller: Caller) =>
        subscribe({ schema, document: parse(source), contextValue: { caller } });

      const refused = await open(without);

      expect(refused).toMatchObject({ errors: [{ path: [expect.any(String)] }] });
      expect(asked).toEqual([]);
      const events = await Array.fromAsync((await open(withIt)) as AsyncIterable<unknown>);
      expect(events).toEqual([{ data: expect.anything() }]);
    },
  );
});
