import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { connectionsTo, type Connections } from '../src/http/connections.ts';
import { exchange } from '../src/http/exchange.ts';
import { NoAnswer } from '../src/http/no-answer.ts';

// How many writes of a thousand end in doubt, at a server that closes idle connections after 1.5 to 5 s without announcing it,
// 50 ms away: on connections that are kept as long as undici keeps them, and on fresh ones.

const WRITERS = 200;
const WRITES = 5;
const AWAY_MS = 50;
const between = (from: number, to: number) => from + Math.random() * (to - from);

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

const server = createHttpServer({ keepAliveTimeout: 0 }, (request, response) => {
  request.resume().on('end', () => response.end('{}'));
  const idle = setTimeout(() => request.socket.destroy(), between(1_500, 5_000));
  request.socket.once('data', () => clearTimeout(idle));
});
const port = await listening(server);

/** Passes on what it gets, and ends, after as long as the way takes. */
function carry(from: Socket, to: Socket): void {
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), AWAY_MS));
  from.on('close', () => setTimeout(() => to.destroy(), AWAY_MS));
  from.on('error', () => undefined);
}

const distance = createServer((near) => {
  const far = connect(port, '127.0.0.1');
  carry(near, far);
  carry(far, near);
});
const origin = `http://127.0.0.1:${await listening(distance)}`;

async function doubtsOf(kind: 'lasting' | 'fresh'): Promise<number> {
  let doubts = 0;
  const writer = async () => {
    const connections: Connections = connectionsTo(origin, {
      count: 1,
      connectTimeoutMs: 5_000,
      proxy: null,
    });
    const { [kind]: dispatcher } = connections;
    for (let turn = 0; turn < WRITES; turn++) {
      await delay(between(100, 5_000));
      await exchange(
        dispatcher,
        { origin, method: 'POST', path: '/', headers: {}, body: '{}' },
        { timeoutMs: 5_000, maxBytes: 100, signal: new AbortController().signal, cancelSent: false },
      ).catch((error: unknown) => {
        if (error instanceof NoAnswer && error.sent) doubts++;
      });
    }
    await connections.close();
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return (doubts * 1_000) / (WRITERS * WRITES);
}

const [lasting, fresh] = await Promise.all([doubtsOf('lasting'), doubtsOf('fresh')]);
console.log(`in doubt, of 1,000 writes: ${lasting} on lasting connections, ${fresh} on fresh ones`);
process.exit(0);
