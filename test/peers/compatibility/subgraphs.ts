import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse, type DocumentNode } from 'graphql';
import { pino } from 'pino';

import { contextOf } from '../../../src/graphql/context.ts';
import { resolveEntitiesOneByOne } from '../../../src/graphql/entities.ts';
import { graphServer } from '../../../src/graphql/server.ts';
import type { Services } from '../../../src/graphql/services.ts';
import { webApp } from '../../../src/web/app.ts';
import { currentRequestId } from '../../../src/web/request-id.ts';
import { freePort } from '../../support/free-port.ts';
import type { Subgraph } from '../support/gateways.ts';
import { productsSchema } from './products.ts';

const suite = new URL(
  '../programs/node_modules/@apollo/federation-subgraph-compatibility-tests/',
  import.meta.url,
);

type Running = Subgraph & AsyncDisposable;

/** The suite's `products`, served as our graph is. */
export async function startProducts(): Promise<Running> {
  const typeDefs = read('products.graphql');
  const logger = pino({ level: 'silent' });
  const graph = graphServer({
    schema: resolveEntitiesOneByOne(productsSchema(typeDefs)),
    introspection: true,
    suggestions: true,
    maxCost: 1_000,
    logger,
    requestId: currentRequestId,
  });
  await graph.start();
  const app = await webApp({
    graph,
    // No provider stands behind the products.
    context: (operation) => contextOf({} as Services, operation),
    access: 'EVERYBODY',
    routerSecret: null,
    trustedDocuments: null,
    corsOrigins: [],
    logger,
    operationTimeoutMs: 10_000,
    overload: { maxInFlight: 0, maxEventLoopDelayMs: 0 },
    playground: false,
    sandboxed: [],
    isReady: () => Promise.resolve(true),
    loopbackOnly: true,
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    name: 'products',
    url: `${origin}/graphql`,
    typeDefs,
    async [Symbol.asyncDispose]() {
      await app.close();
      await graph.stop();
    },
  };
}

/** One of the two subgraphs that the suite brings: it wants a port, and says when it is ready. */
export async function startOther(name: 'users' | 'inventory'): Promise<Running> {
  const folder = `dist/subgraphs/${name}`;
  const port = await freePort();
  const process = fork(fileURLToPath(new URL(`${folder}/index.js`, suite)), {
    env: { [`${name.toUpperCase()}_PORT`]: String(port) },
    silent: true,
  });
  const ended = once(process, 'close');
  const failed = ended.then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  await Promise.race([once(process, 'message'), failed]);
  return {
    name,
    url: `http://127.0.0.1:${port}/`,
    typeDefs: read(`${folder}/${name}.graphql`),
    async [Symbol.asyncDispose]() {
      process.kill('SIGKILL');
      await ended;
    },
  };
}

function read(file: string): DocumentNode {
  return parse(readFileSync(new URL(file, suite), 'utf8'));
}
