import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { httpClient } from '../../src/http/http-client.ts';
import { path } from '../../src/http/path.ts';
import { startProvider, type Provider, type ScriptedAnswer } from '../support/provider.ts';

const write = {
  method: 'POST',
  to: path`/things`,
  headers: {},
  body: { a: 1 },
  repeatable: false,
  writes: true,
} as const;
const forever = new AbortController();

const sendTo = (provider: Provider) =>
  httpClient({ baseUrl: provider.url, policy: { attemptTimeoutMs: 2_000 } }).send(write, forever);

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const LIMIT = 2 * 1024 * 1024;

describe('what nobody asked for, before an answer', () => {
  it.each([
    CONTINUE,
    'HTTP/1.1 100 Continue\r\nx-proxy: 1\r\n\r\n',
    'HTTP/1.1 100\r\n\r\n',
    CONTINUE + CONTINUE,
    'HTTP/1.1 102 Processing\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\ncontent-encoding: gzip\r\n\r\n',
  ])('is passed over: %j', async (preface) => {
    await using provider = await startProvider({ preface, body: { ok: true }, headers: { 'x-a': 'b' } });

    const answer = await sendTo(provider);

    expect(answer).toMatchObject({ status: 200, body: '{"ok":true}', headers: { 'x-a': 'b' } });
    expect(provider.requests).toHaveLength(1);
  });

  it('is passed over on a connection that is used again', async () => {
    await using provider = await startProvider({ body: { n: 1 } }, { preface: CONTINUE, body: { n: 2 } });
    const client = httpClient({
      baseUrl: provider.url,
      policy: { attemptTimeoutMs: 2_000, concurrency: { count: 1, queue: 1, waitMs: 1_000 } },
    });

    const first = await client.send(write, forever);
    const second = await client.send(write, forever);

    expect([first.body, second.body]).toEqual(['{"n":1}', '{"n":2}']);
  });

  it('leaves a doubt where it is another protocol', async () => {
    const preface = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n';
    await using provider = await startProvider({ preface, body: { ok: true } });

    await expect(sendTo(provider)).rejects.toMatchObject({ reason: 'CONNECTION', sent: true });
  });
});

describe('a compressed answer', () => {
  const json = Buffer.from('{"message":"Accepted – ünicode"}');

  it.each([
    ['gzip', gzipSync(json)],
    ['X-GZIP', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['br', brotliCompressSync(json)],
    ['zstd', zstdCompressSync(json)],
    ['identity', json],
    ['gzip, br', brotliCompressSync(gzipSync(json))],
  ])('in %s is read', async (encoding, body) => {
    await using provider = await startProvider({ body, headers: { 'content-encoding': encoding } });

    expect((await sendTo(provider)).body).toBe(json.toString());
  });

  it('of 2 MiB is read, and not of more, however small it came', async () => {
    const headers = { 'content-encoding': 'gzip' };
    await using provider = await startProvider(
      { body: gzipSync(Buffer.alloc(LIMIT, ' ')), headers },
      { body: gzipSync(Buffer.alloc(LIMIT + 1, ' ')), headers },
    );

    expect((await sendTo(provider)).body).toHaveLength(LIMIT);
    await expect(sendTo(provider)).rejects.toMatchObject({ reason: 'TOO_LARGE', sent: true });
  });

  it.each([
    ['gzip', gzipSync(json), '\n'],
    ['gzip', gzipSync(json), '<!-- a proxy -->'],
    ['gzip', gzipSync(json), '\0\0'],
    ['deflate', deflateSync(json), '\r\n'],
    ['br', brotliCompressSync(json), '\n'],
    ['zstd', zstdCompressSync(json), '\n'],
  ])('in %s is read without what follows', async (encoding, body, tail) => {
    await using provider = await startProvider({
      body: Buffer.concat([body, Buffer.from(tail)]),
      headers: { 'content-encoding': encoding },
    });

    expect((await sendTo(provider)).body).toBe(json.toString());
  });

  it.each(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'gzip, br', 'rot13', 'gzip, gzip, gzip'])(
    'that is not in %s, as it says, is read as it is',
    async (encoding) => {
      await using provider = await startProvider({ body: json, headers: { 'content-encoding': encoding } });

      expect((await sendTo(provider)).body).toBe(json.toString());
    },
  );

  it.each<[string, ScriptedAnswer]>([
    ['cut off', { body: gzipSync(json).subarray(0, 20), headers: { 'content-encoding': 'gzip' } }],
    ['damaged', { body: gzipSync(json).fill(7, 12, 20), headers: { 'content-encoding': 'gzip' } }],
  ])('that is %s keeps its status, and is no JSON', async (_what, answer) => {
    await using provider = await startProvider({ ...answer, status: 400 });

    const { status, body } = await sendTo(provider);

    expect(status).toBe(400);
    expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError);
  });
});
