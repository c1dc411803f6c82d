import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

import { ApolloServer } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Context } from '../../src/graphql/context.ts';
import { createLogger } from '../../src/log/logger.ts';
import { webApp } from '../../src/web/app.ts';

const TIMEOUT_MS = 600;

const graph = new ApolloServer<Context>({ typeDefs: 'type Query { a: Int }' });
let app: FastifyInstance;
beforeAll(async () => {
  await graph.start();
  app = await webApp({
    graph,
    context: () => ({}) as Context,
    logger: createLogger({ level: 'silent', secrets: [] }),
    access: 'EVERYBODY',
    trustedDocuments: null,
    operationTimeoutMs: 10_000,
    overload: { maxInFlight: 0, maxEventLoopDelayMs: 0 },
    routerSecret: null,
    playground: false,
    sandboxed: [],
    corsOrigins: [],
    loopbackOnly: false,
    isReady: () => Promise.resolve(true),
    requestTimeoutMs: TIMEOUT_MS,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await graph.stop();
});

const head = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
const body = JSON.stringify({ query: '{ a }' });

/** Sends the first part at once, and the rest a byte at a time. Answers what came back, and after how many milliseconds. */
async function drip(atOnce: string, rest: string, everyMs: number) {
  const socket: Socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined); // written to after the other side is done with it
  const start = performance.now();
  socket.write(atOnce);
  let sent = 0;
  const timer = setInterval(() => socket.write(rest.slice(sent, ++sent)), everyMs);
  const answer = await text(socket);
  clearInterval(timer);
  return { answer, ms: performance.now() - start };
}

describe('a request that takes too long to arrive', () => {
  it.each([
    ['says nothing', '', ''],
    ['drips its headers', 'POST /graphql HTTP/1.1\r\n', `x: ${'x'.repeat(10_000)}`],
    ['drips its body', `${head}content-length: 10000\r\n\r\n{`, ' '.repeat(9_999)],
    ['drips a body of no length', `${head}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'.repeat(2_000)],
    ['stops within its body', `${head}content-length: 100\r\n\r\n{"query`, ''],
  ])('is told so at its time: one that %s', async (_what, atOnce, rest) => {
    const { answer, ms } = await drip(atOnce, rest, 10);

    expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(answer).toContain('"message":"The request took too long to arrive."');
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(ms).toBeGreaterThanOrEqual(TIMEOUT_MS - 10);
    expect(ms).toBeLessThan(3 * TIMEOUT_MS);
  });

  it('is only one whose time is up: a slow one that arrives is answered', async () => {
    const { answer } = await drip(
      `${head}connection: close\r\ncontent-length: ${body.length}\r\n\r\n`,
      body,
      5,
    );

    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answer).toContain('{"data":{"a":null}}');
  });
});
