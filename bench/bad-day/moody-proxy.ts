import {
  createServer,
  request as forward,
  Agent,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';

/** How a provider is. `DEAD`: nothing listens. */
export type Mood =
  | 'WELL'
  | 'DEAD'
  | { readonly slowMs: number }
  | { readonly status: number; readonly retryAfterSeconds?: number }
  /** Carries out what it is asked, and resets the connection instead of answering. */
  | 'FORGETFUL';

export interface MoodyProxy {
  readonly url: string;
  /** How many requests have arrived so far. */
  readonly requests: () => number;
  /** How often something was carried out under each name that a mutation bears. */
  readonly carriedOut: ReadonlyMap<string, number>;
  become(mood: Mood): Promise<void>;
  stop(): Promise<void>;
}

/** A name that a benchmark gives to each of its mutations, wherever it stands in a request. */
const NAME = /mark-[a-z0-9-]+/;

/** A provider's sandbox behind a server on this machine that can be told to have a bad day, and to get well again. */
export async function startMoodyProxy(target: string): Promise<MoodyProxy> {
  const { origin, pathname } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const carriedOut = new Map<string, number>();
  let mood: Mood = 'WELL';
  let requests = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests++;
    const now = mood;
    const body = await buffer(request);
    if (typeof now === 'object' && 'status' in now) {
      response.writeHead(now.status, retryAfter(now)).end('{}');
      return;
    }
    if (typeof now === 'object') await delay(now.slowMs);
    if (response.destroyed) return; // whoever asked has left, and nothing was done
    const answered = await passedOn(request, body);
    const name = NAME.exec(body.toString())?.[0];
    if (name !== undefined && answered.status === 200 && !answered.isReplay) {
      carriedOut.set(name, (carriedOut.get(name) ?? 0) + 1);
    }
    if (now === 'FORGETFUL') request.socket.resetAndDestroy();
    else response.writeHead(answered.status, { 'content-type': 'application/json' }).end(answered.body);
  }

  async function passedOn(request: IncomingMessage, body: Buffer) {
    const { host: _host, ...headers } = request.headers;
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    forward(origin + (request.url ?? ''), { method: request.method ?? 'GET', headers, agent }, resolve)
      .on('error', reject)
      .end(body);
    const answered = await promise;
    return {
      status: answered.statusCode ?? 502,
      isReplay: answered.headers['idempotent-replayed'] !== undefined,
      body: await buffer(answered),
    };
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    requests: () => requests,
    carriedOut,
    async become(next) {
      if (mood === 'DEAD' && next !== 'DEAD') await listen(port);
      if (mood !== 'DEAD' && next === 'DEAD') await close();
      mood = next;
    },
    async stop() {
      agent.destroy();
      await close();
    },
  };
}

function retryAfter({ retryAfterSeconds }: { readonly retryAfterSeconds?: number }) {
  return {
    'content-type': 'application/json',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
}
