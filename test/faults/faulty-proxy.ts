import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Misbehaves in the place of a provider. `carriedOut` is what the provider would have answered: it did what it was asked. */
export type Fault = (
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly count: number },
  carriedOut: () => Promise<Answer>,
) => void | Promise<void>;

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Stands between the service and a provider's sandbox: real sockets, which misbehave when they are told to. */
export interface FaultyProxy extends AsyncDisposable {
  readonly url: string;
  /** From now on, whatever is asked of a path that matches misbehaves. */
  misbehave(path: RegExp, fault: Fault): void;
  /** From now on, connections are reset as soon as they are made. */
  resetConnections(): void;
  /** How many requests to such a path have arrived since it misbehaves. */
  readonly requests: number;
  /** How many sockets are open. */
  sockets(): number;
}

const nothing: Fault = () => undefined;

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { origin, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  let path: RegExp | null = null;
  let fault: Fault = nothing;
  let requests = 0;
  let resets = false;

  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const carriedOut = () => carryOut(origin, request);
    if (path?.test(request.url ?? '')) {
      requests++;
      void (async () => fault({ request, response, count: requests }, carriedOut))();
    } else {
      void carriedOut().then(({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      );
    }
  });
  server.on('connection', (socket) => {
    if (resets) {
      requests++;
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    misbehave(which, how) {
      path = which;
      fault = how;
      requests = 0;
    },
    resetConnections() {
      resets = true;
      requests = 0;
      for (const socket of sockets) socket.destroy(); // those that are kept alive would go on serving
    },
    get requests() {
      return requests;
    },
    sockets: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function carryOut(origin: string, request: IncomingMessage): Promise<Answer> {
  const body = await buffer(request);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { host: _host, ...headers } = request.headers;
  forward(
    origin + (request.url ?? ''),
    { method: request.method ?? 'GET', headers, agent: false },
    (answer) => {
      buffer(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 0, body: bytes.toString() }),
        reject,
      );
    },
  )
    .on('error', reject)
    .end(body);
  return promise;
}
