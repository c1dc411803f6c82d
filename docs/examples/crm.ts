import { readFileSync } from 'node:fs';

import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/**
 * A small CRM, to see two subgraphs together: it owns `Customer.email`, and knows of each customer the id of an identity check.
 * Without ids of your own it has those that the sandbox starts with: `npm exec node docs/examples/crm.ts customer-1001=<id of an OnboardingSession>`.
 */
const SANDBOX = [
  'customer-1001=64f100000000000000000001',
  'customer-1002=64f100000000000000000003',
  'customer-1003=64f100000000000000000004',
];
const given = process.argv.slice(2);
const sessions = new Map(
  (given.length > 0 ? given : SANDBOX).map((pair): [string, string] => {
    const [customerId = '', sessionId = ''] = pair.split('=');
    return [customerId, sessionId];
  }),
);

const customer = (id: string) => {
  const session = sessions.get(id);
  return {
    __typename: 'Customer',
    id,
    email: `${id}@example.com`,
    lastOnboardingSession: session === undefined ? null : { id: session },
  };
};

const typeDefs = parse(readFileSync(new URL('../../test/support/crm.graphql', import.meta.url), 'utf8'));
const resolvers = {
  Query: {
    crmCustomer: (_root: unknown, { id }: { id: string }) => customer(id),
    crmCustomers: () => [...sessions.keys()].map(customer),
  },
  Customer: { __resolveReference: ({ id }: { id: string }) => customer(id) },
};
const server = new ApolloServer({
  schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]),
});
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(process.env['PORT'] ?? 4003) },
});
console.log(`The CRM listens at ${url}graphql`);
