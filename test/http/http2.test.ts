import { constants, createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { Pool } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { exchange } from '../../src/http/exchange.ts';
import { httpClient } from '../../src/http/http-client.ts';
import { path } from '../../src/http/path.ts';
import { selfSigned } from '../support/self-signed.ts';

const { key, cert } = selfSigned();
const trusted = getCACertificates();
beforeAll(() => setDefaultCACertificates([...trusted, cert]));
afterAll(() => setDefaultCACertificates(trusted));

const forever = new AbortController().signal;

describe('a provider that speaks HTTP/2, and says of the first request over it that it was refused', () => {
  let server: Http2SecureServer;
  let origin: string;
  /** By the protocol that they came over. */
  let received: string[];
  beforeEach(async () => {
    received = [];
    server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
      void (async () => {
        await text(request);
        received.push(request.httpVersion);
        if (request.httpVersion === '2.0' && received.length === 1) {
          request.stream.close(constants.NGHTTP2_REFUSED_STREAM);
        } else response.end('{}');
      })();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => server.close());

  it('is spoken to over HTTP/1.1', async () => {
    const client = httpClient({ baseUrl: origin, policy: { attemptTimeoutMs: 2_000 } });

    const answer = await client.send(
      { method: 'POST', to: path`/`, headers: {}, body: {}, repeatable: false, writes: true },
      { signal: forever },
    );
    await client.close();

    expect(answer.status).toBe(200);
    expect(received).toEqual(['1.1']);
  });

  it('gets a request once, even from an undici that would send it again', async () => {
    const pool = new Pool(origin, { allowH2: true });
    const request = { origin, method: 'POST', path: '/', headers: {}, body: '{}' } as const;
    const options = { timeoutMs: 2_000, maxBytes: 100, signal: forever, cancelSent: false };

    const answer = exchange(pool, request, options);

    await expect(answer).rejects.toMatchObject({ reason: 'CONNECTION', sent: true });
    await pool.destroy();
    expect(received).toEqual(['2.0']);
  });
});
