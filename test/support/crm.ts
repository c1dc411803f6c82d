import { readFileSync } from 'node:fs';

import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

export interface CrmCustomer {
  readonly id: string;
  readonly email: string;
  /** The id of the identity check that the CRM last heard of. */
  readonly lastOnboardingSession?: string;
}

export interface Crm extends AsyncDisposable {
  readonly url: string;
}

/** The schema of the CRM, for composing. */
export const crmTypeDefs = parse(readFileSync(new URL('crm.graphql', import.meta.url), 'utf8'));

/** Another team's subgraph, which has the mail addresses of these customers. */
export async function startCrm(customers: readonly CrmCustomer[]): Promise<Crm> {
  const byId = (_: unknown, { id }: { id: string }) => customers.find((customer) => customer.id === id);
  const resolvers = {
    Query: { crmCustomer: byId, crmCustomers: () => customers },
    Customer: {
      __resolveReference: (reference: { id: string }) => byId(undefined, reference),
      lastOnboardingSession: ({ lastOnboardingSession: id }: CrmCustomer) =>
        id === undefined ? null : { id },
    },
  };
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs: crmTypeDefs, resolvers }]),
    plugins: [ApolloServerPluginInlineTrace()], // named, so that it does not announce itself
  });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return { url, [Symbol.asyncDispose]: () => server.stop() };
}
