import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { httpClient, type HttpClientOptions } from '../../src/http/http-client.ts';
import type { AttemptReport } from '../../src/http/observer.ts';
import { NoAnswer } from '../../src/http/no-answer.ts';
import { path } from '../../src/http/path.ts';
import { closedUrl, startProvider } from '../support/provider.ts';

const read = {
  method: 'GET',
  to: path`/things/${'1'}`,
  headers: {},
  repeatable: true,
  writes: false,
} as const;
const write = {
  method: 'POST',
  to: path`/things`,
  headers: {},
  body: { a: 1 },
  repeatable: false,
  writes: true,
} as const;
const forever = { signal: new AbortController().signal };

const clientAt = (baseUrl: string, options: Partial<HttpClientOptions> = {}) =>
  httpClient({ baseUrl, policy: { attemptTimeoutMs: 2_000 }, ...options });

/** How a request ended without an answer. */
async function failureOf(answer: Promise<unknown>): Promise<{ reason: string; sent: boolean }> {
  const error = await answer.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof NoAnswer)) throw new Error('It did not end in NoAnswer', { cause: error });
  return { reason: error.reason, sent: error.sent };
}

describe('httpClient', () => {
  it("sends method, the base URL's path, query, headers and JSON", async () => {
    await using provider = await startProvider({ status: 201, body: { ok: true }, headers: { 'x-a': 'b' } });
    const client = clientAt(`${provider.url}/base/`);

    const answer = await client.send(
      { ...write, query: { 'a.in': 'x,y' }, headers: { 'x-key': 'k' } },
      forever,
    );

    expect(answer).toMatchObject({ status: 201, body: '{"ok":true}', headers: { 'x-a': 'b' } });
    expect(provider.requests).toMatchObject([
      {
        method: 'POST',
        url: '/base/things?a.in=x%2Cy',
        body: '{"a":1}',
        headers: { 'x-key': 'k', 'content-type': 'application/json', accept: 'application/json' },
      },
    ]);
  });

  it('tries a read again, at most twice', async () => {
    await using provider = await startProvider({ status: 503 });

    const answer = await clientAt(provider.url).send(read, forever);

    expect(answer.status).toBe(503);
    expect(provider.requests).toHaveLength(3);
  });

  it('answers what the second attempt got', async () => {
    await using provider = await startProvider({ drop: 'before' }, { body: { ok: true } });

    expect((await clientAt(provider.url).send(read, forever)).status).toBe(200);
  });

  it('waits as long as a short Retry-After asks', async () => {
    await using provider = await startProvider({ status: 429, headers: { 'retry-after': '1' } }, {});
    const start = performance.now();

    await clientAt(provider.url).send(read, forever);

    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
  });

  it.each([
    { status: 500 },
    { drop: 'before' },
    { drop: 'midway', body: { long: 'x'.repeat(1_000) } },
  ] as const)('sends a write that is not repeatable once, after %j', async (fault) => {
    await using provider = await startProvider(fault, {});

    await clientAt(provider.url)
      .send(write, forever)
      .catch(() => undefined);

    expect(provider.requests).toHaveLength(1);
  });

  it('says that a refused connection was not sent', async () => {
    expect(await failureOf(clientAt(await closedUrl()).send(write, forever))).toEqual({
      reason: 'CONNECTION',
      sent: false,
    });
  });

  it('says that a dropped connection was maybe sent', async () => {
    await using provider = await startProvider({ drop: 'before' });

    expect(await failureOf(clientAt(provider.url).send(write, forever))).toEqual({
      reason: 'CONNECTION',
      sent: true,
    });
  });

  it('says that a truncated answer was maybe sent', async () => {
    await using provider = await startProvider({ drop: 'midway', body: { long: 'x'.repeat(1_000) } });

    expect(await failureOf(clientAt(provider.url).send(write, forever))).toEqual({
      reason: 'CONNECTION',
      sent: true,
    });
  });

  it('gives up on an attempt after its time, which was maybe sent', async () => {
    await using provider = await startProvider({ after: delay(5_000, undefined, { ref: false }) });
    const client = clientAt(provider.url, { policy: { attemptTimeoutMs: 50 } });

    expect(await failureOf(client.send(write, forever))).toEqual({ reason: 'TIMEOUT', sent: true });
  });

  it('refuses an answer of more than 2 MiB', async () => {
    await using provider = await startProvider({ body: 'x'.repeat(2 * 1024 * 1024 + 1) });

    expect(await failureOf(clientAt(provider.url).send(read, forever))).toEqual({
      reason: 'TOO_LARGE',
      sent: true,
    });
  });

  it('takes an answer of 2 MiB', async () => {
    await using provider = await startProvider({ body: 'x'.repeat(2 * 1024 * 1024) });

    expect((await clientAt(provider.url).send(read, forever)).body).toHaveLength(2 * 1024 * 1024);
  });

  it('ends a read at once when its caller goes away', async () => {
    const never = Promise.withResolvers<void>();
    await using provider = await startProvider({ after: never.promise });
    const caller = new AbortController();
    const answer = clientAt(provider.url).send(read, caller);
    await provider.received(1);

    caller.abort();

    expect(await failureOf(answer)).toEqual({ reason: 'CANCELLED', sent: true });
    never.resolve();
  });

  it('lets a write that was sent go on when its caller goes away', async () => {
    const answered = Promise.withResolvers<void>();
    await using provider = await startProvider({ after: answered.promise, body: { ok: true } });
    const caller = new AbortController();
    const answer = clientAt(provider.url).send(write, caller);
    await provider.received(1);

    caller.abort();
    answered.resolve();

    expect((await answer).body).toBe('{"ok":true}');
  });

  it('sends nothing for a caller who has gone away before', async () => {
    await using provider = await startProvider({});

    expect(await failureOf(clientAt(provider.url).send(write, { signal: AbortSignal.abort() }))).toEqual({
      reason: 'CANCELLED',
      sent: false,
    });
    expect(provider.requests).toEqual([]);
  });

  it('stops asking a provider that keeps on failing, and says that nothing was sent', async () => {
    await using provider = await startProvider({ status: 500 });
    const client = clientAt(provider.url);
    for (let index = 0; index < 40; index++) await client.send(write, forever).catch(() => undefined);
    const asked = provider.requests.length;

    expect(await failureOf(client.send(write, forever))).toEqual({ reason: 'CIRCUIT_OPEN', sent: false });
    expect(provider.requests).toHaveLength(asked);
    expect(asked).toBeLessThan(40);
  });

  it('reports every attempt by its route, without the ids in it', async () => {
    await using provider = await startProvider({ status: 503 }, {});
    const reports: AttemptReport[] = [];

    await clientAt(provider.url, {
      observer: { attempt: (report) => void reports.push(report) },
    }).send(read, forever);

    expect(reports.map(({ route, result }) => [route, result])).toEqual([
      ['GET /things/{}', 503],
      ['GET /things/{}', 200],
    ]);
  });

  it('does not send what gave up waiting for a connection, not even later', async () => {
    const first = Promise.withResolvers<void>();
    await using provider = await startProvider({ after: first.promise });
    const client = clientAt(provider.url, {
      policy: { attemptTimeoutMs: 150, concurrency: { count: 1, queue: 10, waitMs: 1_000 } },
    });
    const hanging = client.send(write, forever).catch(() => undefined);
    await provider.received(1);

    const queued = await failureOf(
      client.send({ ...write, repeatable: false }, { signal: AbortSignal.timeout(50) }),
    );
    first.resolve();
    await hanging;
    await client.send(read, forever);

    expect(queued).toEqual({ reason: 'CANCELLED', sent: false });
    expect(provider.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('remembers that an earlier attempt of a repeated write was sent', async () => {
    const provider = await startProvider({ status: 503 });
    const client = clientAt(provider.url);
    const answer = client.send({ ...write, repeatable: true }, forever);
    await provider.received(1);
    await provider[Symbol.asyncDispose]();

    expect(await failureOf(answer)).toEqual({ reason: 'CONNECTION', sent: true });
  });

  it('does not hold callers who go away against the provider', async () => {
    const never = Promise.withResolvers<void>();
    await using provider = await startProvider({ after: never.promise });
    const client = clientAt(provider.url);
    for (let index = 1; index <= 40; index++) {
      const caller = new AbortController();
      const answer = failureOf(client.send(read, caller));
      await provider.received(index);
      caller.abort();
      await answer;
    }
    never.resolve();

    expect((await client.send(read, forever)).status).toBe(200);
  });

  it('ends a read in the wait before a retry when its time is up', async () => {
    await using provider = await startProvider({ status: 429, headers: { 'retry-after': '2' } });
    const start = performance.now();

    const failure = await failureOf(clientAt(provider.url).send(read, { signal: AbortSignal.timeout(100) }));

    expect(failure.reason).toBe('CANCELLED');
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('takes a header that cannot be sent for a bug, not for an outage', async () => {
    await using provider = await startProvider({});
    const client = clientAt(provider.url);
    const broken = { ...read, headers: { 'x-token': 'a\nb' } };

    for (let index = 0; index < 40; index++) {
      await expect(client.send(broken, forever)).rejects.toThrow('invalid x-token header');
    }

    expect((await client.send(read, forever)).status).toBe(200);
  });

  it('keeps nothing of what the other side sent in an error', async () => {
    const server = createServer((socket) => socket.end('token=SECRET ada@example.com\r\n\r\n'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;

    const error: unknown = await clientAt(`http://127.0.0.1:${port}`)
      .send(write, forever)
      .catch((cause: unknown) => cause);
    server.close();

    expect(inspect(error, { depth: 9 })).toContain('HTTPParserError');
    expect(inspect(error, { depth: 9 })).not.toContain('SECRET');
  });

  it('has at most 8 reads of one operation under way, without holding up another operation', async () => {
    const { promise: answering, resolve: answer } = Promise.withResolvers<void>();
    await using provider = await startProvider({ after: answering });
    const client = clientAt(provider.url);
    const { signal } = new AbortController();

    const reads = Array.from({ length: 20 }, () => client.send(read, { signal }));
    await provider.received(8);
    const other = client.send({ ...read, to: path`/others` }, new AbortController());
    await provider.received(9);
    const urls = provider.requests.map(({ url }) => url);
    answer();
    await Promise.all([...reads, other]);

    expect(urls).toEqual([...Array.from({ length: 8 }, () => '/things/1'), '/others']);
    expect(provider.requests).toHaveLength(21);
  });
});
