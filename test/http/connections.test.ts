import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { connectionsTo } from '../../src/http/connections.ts';
import { exchange } from '../../src/http/exchange.ts';
import { selfSigned } from '../support/self-signed.ts';

const signal = new AbortController().signal;
const OPTIONS = { timeoutMs: 2_000, maxBytes: 100, signal, cancelSent: false };

let server: Server;
let origin: string;
/** How many were opened. */
let opened: number;
beforeEach(async () => {
  opened = 0;
  server = createServer((_request, response) => response.end('{}'));
  server.on('connection', () => opened++);
  origin = await listening(server);
});
afterEach(() => server.close());

async function listening(listener: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

const request = (to: string) => ({ origin: to, method: 'POST', path: '/', headers: {}, body: '{}' }) as const;

describe('the connections to a provider', () => {
  it('are kept for what may be repeated, and for the rest only for a second', async () => {
    const { lasting, fresh, close } = connectionsTo(origin, { count: 4, connectTimeoutMs: 500, proxy: null });

    for (const dispatcher of [lasting, fresh]) await exchange(dispatcher, request(origin), OPTIONS);
    for (const dispatcher of [lasting, fresh]) await exchange(dispatcher, request(origin), OPTIONS);
    expect(opened).toBe(2);
    await delay(1_200);
    await exchange(lasting, request(origin), OPTIONS);
    expect(opened).toBe(2);
    await exchange(fresh, request(origin), OPTIONS);
    expect(opened).toBe(3);

    await close();
  });

  it('are replaced after their time, so that a name is looked up again', async () => {
    const { lasting, close } = connectionsTo(origin, {
      count: 4,
      connectTimeoutMs: 500,
      proxy: null,
      renewedAfterMs: 100,
    });

    await exchange(lasting, request(origin), OPTIONS);
    await delay(150);
    await exchange(lasting, request(origin), OPTIONS);
    await close();

    expect(opened).toBe(2);
  });

  it('are not made to whoever has a certificate that nobody vouches for, and nothing is sent', async () => {
    let requests = 0;
    const impostor = createTlsServer(selfSigned(), () => requests++);
    const to = (await listening(impostor)).replace('http://127.0.0.1', 'https://localhost');
    const { fresh, close } = connectionsTo(to, { count: 1, connectTimeoutMs: 500, proxy: null });

    await expect(exchange(fresh, request(to), OPTIONS)).rejects.toThrow('CONNECTION, not sent');
    await close();
    impostor.close();

    expect(requests).toBe(0);
  });
});
