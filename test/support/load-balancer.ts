import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const ASK_EVERY_MS = 50;

export interface LoadBalancer extends AsyncDisposable {
  readonly url: string;
}

/** Sends each request to the next of the processes that said they are ready, over connections that it keeps. */
export async function startLoadBalancer(origins: readonly string[]): Promise<LoadBalancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const ended = new AbortController();
  const asking = Promise.all(origins.map((origin) => followReadiness(origin, ready, ended.signal)));
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const [origin] = [...ready].slice(turn++ % Math.max(ready.size, 1));
    if (origin === undefined) outgoing.writeHead(503).end();
    else forward(incoming, outgoing, origin, agent);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await asking;
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

async function followReadiness(origin: string, ready: Set<string>, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const isReady = await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) ready.add(origin);
    else ready.delete(origin);
    await delay(ASK_EVERY_MS);
  }
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, origin: string, agent: Agent): void {
  const { method, url, headers } = incoming;
  const onward = request(`${origin}${url ?? ''}`, { method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] });
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
}
