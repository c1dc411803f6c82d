import { contextOf } from '../src/graphql/context.ts';
import { subgraphSchema } from '../src/graphql/schema.ts';
import { graphServer } from '../src/graphql/server.ts';
import { servicesOf } from '../src/graphql/services.ts';
import { createLogger } from '../src/log/logger.ts';
import { effectsOf, type Effects } from '../src/onboarding/effects.ts';
import { inFlight } from '../src/onboarding/in-flight.ts';
import { providerPorts } from '../src/providers/providers.ts';
import { openStore } from '../src/store/store.ts';
import { webApp } from '../src/web/app.ts';
import { currentRequestId } from '../src/web/request-id.ts';

/** Sends and stores nothing of it: what a service without a store would do. */
const off: Effects = {
  run: async (operation, key = '', request, call) => (await operation.perform(request, key, call)).result,
  recover: () => Promise.resolve(),
  sweep: () => Promise.resolve(),
};

// The whole service in front of one provider for all three, with the store on or off.
const [providerUrl = '', databaseUrl = ''] = process.argv.slice(2);
const endpoint = { baseUrl: providerUrl, apiKey: 'bench-key' };
const logger = createLogger({ level: 'silent', secrets: [] });
const store = await openStore({
  databaseUrl: databaseUrl === 'off' ? 'sqlite::memory:' : databaseUrl,
  encryptionKeys: [Buffer.alloc(32, 1)],
});
const services = servicesOf({
  ...providerPorts({
    incode: endpoint,
    increase: endpoint,
    relay: endpoint,
    isProduction: false,
    observer: () => ({}),
  }),
  ...store,
  onDeadLink: () => undefined,
  effects: databaseUrl === 'off' ? off : effectsOf(store.effectStore),
  inFlight: inFlight(),
  configurationId: 'bench',
  clientId: 'bench',
  cursorKeys: [Buffer.alloc(32, 1)],
});
const graph = graphServer({
  schema: subgraphSchema(),
  introspection: false,
  suggestions: false,
  maxCost: 1_000,
  logger,
  requestId: currentRequestId,
});
await graph.start();
const app = await webApp({
  graph,
  context: (operation) => contextOf(services, operation),
  logger,
  overload: { maxInFlight: 0, maxEventLoopDelayMs: 0 },
  operationTimeoutMs: 25_000,
  playground: false,
  sandboxed: [],
  corsOrigins: [],
  trustedDocuments: null,
  access: 'EVERYBODY',
  routerSecret: null,
  loopbackOnly: false,
  isReady: () => Promise.resolve(true),
});
process.send?.(`${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`);
