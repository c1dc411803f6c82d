import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One request that is to be answered badly. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Which it is since the proxy misbehaves, from 1. */
  readonly count: number;
  /** Has the provider do what it was asked, or something else in its place, and says what it answered. */
  carriedOut(url?: string): Promise<Answer>;
}

/** Misbehaves in the place of a provider. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** What is wrong with a provider: with its answers, or with its connections. */
export type Fault = Behaviour | 'REFUSED' | 'RESET';

/** Requests of one kind. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
}

/** Stands between the service and a provider's sandbox: real sockets, which misbehave when they are told to. */
export interface FaultyProxy extends AsyncDisposable {
  readonly url: string;
  /** From now on this is wrong: with the requests of this route, or with all connections. */
  misbehave(route: Route, fault: Fault): Promise<void>;
  /** From now on nothing is wrong any more. */
  heal(): Promise<void>;
  /** How many requests of the route have arrived since it misbehaves, or connections where it resets them. */
  readonly requests: number;
  /** How many sockets are open. */
  readonly sockets: number;
}

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { origin, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  let route: Route | null = null;
  let fault: Fault | null = null;
  let requests = 0;

  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const carriedOut = (url?: string) => carryOut(origin, request, url);
    const isMeant = route?.path.test(request.url ?? '') === true && route.method === request.method;
    if (isMeant) requests++;
    const behave = isMeant && typeof fault === 'function' ? fault : wellBehaved;
    // Whoever asked may have hung up meanwhile, as the service does when it stops.
    void Promise.resolve(behave({ request, response, count: requests, carriedOut })).catch(() =>
      request.socket.destroy(),
    );
  });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    if (fault === 'RESET') {
      requests++;
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    async misbehave(which, what) {
      [route, fault, requests] = [which, what, 0];
      if (what === 'REFUSED') await close();
      else if (what === 'RESET') for (const socket of sockets) socket.destroy(); // they would be used again
    },
    async heal() {
      if (fault === 'REFUSED') await listen(port);
      fault = null;
    },
    get requests() {
      return requests;
    },
    get sockets() {
      return sockets.size;
    },
    [Symbol.asyncDispose]: close,
  };
}

const wellBehaved: Behaviour = async ({ response, carriedOut }) => {
  const { status, body } = await carriedOut();
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

async function carryOut(origin: string, request: IncomingMessage, url = request.url ?? ''): Promise<Answer> {
  const body = await buffer(request);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { host: _host, ...headers } = request.headers;
  forward(origin + url, { method: request.method ?? 'GET', headers, agent: false }, (answer) => {
    buffer(answer).then(
      (bytes) => resolve({ status: answer.statusCode ?? 0, body: bytes.toString() }),
      reject,
    );
  })
    .on('error', reject)
    .end(body);
  return promise;
}
