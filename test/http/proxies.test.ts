import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { httpClient } from '../../src/http/http-client.ts';
import { path } from '../../src/http/path.ts';
import { startConnectProxy, type ProxyManner } from '../support/connect-proxy.ts';
import { closedUrl, startProvider } from '../support/provider.ts';
import { selfSigned } from '../support/self-signed.ts';

const { key, cert } = selfSigned();
const trusted = getCACertificates();
beforeAll(() => setDefaultCACertificates([...trusted, cert]));
afterAll(() => setDefaultCACertificates(trusted));

let server: Http2SecureServer;
let origin: string;
/** The provider's requests: by the protocol that they came over. */
let received: string[];
beforeEach(async () => {
  received = [];
  server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    received.push(request.httpVersion);
    request.socket.write('HTTP/1.1 100 Continue\r\n\r\n'); // which nobody asked for
    response.end('{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

const WRITE = {
  method: 'POST',
  to: path`/`,
  headers: {},
  body: {},
  repeatable: false,
  writes: true,
} as const;

/** What becomes of a write that may not be sent twice. */
async function sendThrough(proxyUrl: string, { to = origin, noProxy = '', timeoutMs = 2_000 } = {}) {
  const client = httpClient({
    baseUrl: to,
    policy: { attemptTimeoutMs: timeoutMs, maxAttempts: 1 },
    proxy: { httpsProxy: proxyUrl, httpProxy: proxyUrl, noProxy },
  });
  try {
    return (await client.send(WRITE, { signal: new AbortController().signal })).status;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.close();
  }
}

describe('a proxy', () => {
  it('is tunnelled through over HTTP/1.1, with its credentials, and an unsolicited 100 Continue is passed over', async () => {
    await using proxy = await startConnectProxy();

    expect(await sendThrough(proxy.url.replace('://', '://user:secret@'))).toBe(200);
    expect(proxy.asked).toEqual([{ to: new URL(origin).host, credentials: `Basic ${btoa('user:secret')}` }]);
    expect(received).toEqual(['1.1']);
  });

  it('is tunnelled through to a provider at http as well', async () => {
    await using proxy = await startConnectProxy();
    await using provider = await startProvider({});

    expect(await sendThrough(proxy.url, { to: provider.url })).toBe(200);
    expect(proxy.asked).toHaveLength(1);
  });

  it('is passed by for the hosts of NO_PROXY', async () => {
    await using proxy = await startConnectProxy();

    expect(await sendThrough(proxy.url, { noProxy: 'example.com, localhost' })).toBe(200);
    expect(proxy.asked).toEqual([]);
  });

  it.each<[ProxyManner, string]>([
    ['refuses', 'CONNECTION, not sent'],
    ['wants a password', 'CONNECTION, not sent'],
    ['says nothing', 'TIMEOUT, not sent'],
    ['dies before it answers', 'CONNECTION, not sent'],
    ['dies when the tunnel stands', 'CONNECTION, not sent'],
  ])('that %s ends a request in: %s', async (manner, ending) => {
    await using proxy = await startConnectProxy(manner);

    expect(await sendThrough(proxy.url, { timeoutMs: 400 })).toBe(ending);
    expect(received).toEqual([]);
  });

  it('that dies with a request in its hands may have passed it on', async () => {
    await using proxy = await startConnectProxy('dies with the request in its hands');
    await using provider = await startProvider({});

    expect(await sendThrough(proxy.url, { to: provider.url })).toBe('CONNECTION, maybe sent');
    expect(provider.requests).toEqual([]);
  });

  it('that is not there ends a request before it is sent', async () => {
    expect(await sendThrough(await closedUrl())).toBe('CONNECTION, not sent');
  });

  it('for http alone is not taken for https', async () => {
    await using proxy = await startConnectProxy();
    const client = httpClient({ baseUrl: origin, proxy: { httpProxy: proxy.url } });

    const { status } = await client.send(WRITE, { signal: new AbortController().signal });
    await client.close();

    expect(status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });

  it('that nothing is said of is not looked for in the environment', async () => {
    await using proxy = await startConnectProxy();
    process.env['https_proxy'] = proxy.url;
    try {
      const client = httpClient({ baseUrl: origin, proxy: { httpProxy: proxy.url } });
      await client.send(WRITE, { signal: new AbortController().signal });
      await client.close();
    } finally {
      delete process.env['https_proxy'];
    }

    expect(proxy.asked).toEqual([]);
  });
});
