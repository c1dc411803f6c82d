import { readFileSync } from 'node:fs';

import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/** Asks the subgraphs for their traces when the client asks for it, and answers what came of it. */
const tracing: ApolloServerPlugin = {
  async requestDidStart({ request, metrics }) {
    metrics.captureTraces = request.http?.headers.get('x-trace') === 'yes';
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single' || !metrics.queryPlanTrace) return;
        response.body.singleResult.extensions = { queryPlanTrace: metrics.queryPlanTrace };
      },
    };
  },
};

const [, , supergraph = '', port] = process.argv;
const server = new ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8') }),
  plugins: [tracing],
});
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(port) } });
console.log(`Listening on ${url}`);
