import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the provider answers to one request. */
export interface ScriptedAnswer {
  readonly status?: number;
  /** JSON unless it is a string or bytes, which are sent as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers when this is done. */
  readonly after?: Promise<unknown>;
  /** Sent before any answer, as it is. */
  readonly preface?: string;
  /** Resets the connection: before any answer, or in the middle of one. */
  readonly drop?: 'before' | 'midway';
}

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Provider extends AsyncDisposable {
  readonly url: string;
  /** In the order they arrived. */
  readonly requests: ReceivedRequest[];
  /** Done when so many requests have arrived. */
  received(count: number): Promise<void>;
}

/** A provider on this machine that answers what it is told to, in turn; the last answer stays. */
export async function startProvider(...answers: ScriptedAnswer[]): Promise<Provider> {
  const requests: ReceivedRequest[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? {};
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
      await answer.after;
      if (answer.drop === 'before') {
        request.socket.resetAndDestroy();
        return;
      }
      const content = contentOf(answer.body);
      if (answer.preface) request.socket.write(answer.preface);
      response.writeHead(answer.status ?? 200, {
        'content-type': 'application/json',
        'content-length': content.length,
        ...answer.headers,
      });
      if (answer.drop === 'midway') {
        response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
        return;
      }
      response.end(content);
    })();
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    received: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function contentOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}

/** An address at which nothing listens. */
export async function closedUrl(): Promise<string> {
  const provider = await startProvider();
  await provider[Symbol.asyncDispose]();
  return provider.url;
}
