import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const typename = '{"query":"{ __typename }"}';
const MIB = 1024 * 1024;
/** Of so many bytes in all. */
const operationOf = (bytes: number) => typename.padEnd(bytes, ' ');

async function post(body: Buffer, encoding: string) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    body: new Uint8Array(body),
  });
  const { data, errors } = (await response.json()) as GraphqlAnswer;
  return { status: response.status, headers: response.headers, data, message: errors?.[0]?.message };
}

describe('a compressed body', () => {
  it.each<[string, (body: string) => Buffer]>([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', Buffer.from],
    ['', Buffer.from],
  ])('in %j is read', async (encoding, compress) => {
    expect(await post(compress(typename), encoding)).toMatchObject({
      status: 200,
      data: { __typename: 'Query' },
    });
  });

  it('that arrives in pieces, without its length, is read', async () => {
    const body = gzipSync(typename);
    const socket = createConnection(Number(new URL(service.origin).port), '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n' +
        'transfer-encoding: chunked\r\nconnection: close\r\n\r\n',
    );
    for (const byte of body)
      socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]));
    socket.write('0\r\n\r\n');

    expect(await text(socket)).toContain('{"data":{"__typename":"Query"}}');
  });

  it.each(['zstd', 'compress', 'gzip, br', 'nonsense'])(
    'in %s is refused, with what could be read',
    async (encoding) => {
      const { status, headers, message } = await post(zstdCompressSync(typename), encoding);

      expect([status, headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br']);
      expect(message).toMatch(/gzip, deflate or br/);
    },
  );

  it.each([
    ['is cut off', gzipSync(typename).subarray(0, -9), 'gzip'],
    ['is not compressed at all', Buffer.from(typename), 'gzip'],
    ['is compressed in another way', gzipSync(typename), 'br'],
    ['is compressed in another way', gzipSync(typename), 'deflate'],
    ['was damaged', Buffer.concat([gzipSync(typename).subarray(0, -8), Buffer.alloc(8)]), 'gzip'],
  ])('that %s is told so', async (_what, body, encoding) => {
    expect(await post(body, encoding)).toMatchObject({
      status: 400,
      message: 'The body cannot be decompressed: it is not what its content-encoding says.',
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'The body is empty.'],
    ['nothing that was compressed', gzipSync(''), 'The body is empty.'],
    ['broken JSON', gzipSync('{"query": '), 'The body is not valid JSON.'],
    ['Latin-1', gzipSync(Buffer.from('{"query":"{ é }"}', 'latin1')), 'The body is not UTF-8.'],
  ])('of %s is told so', async (_what, body, reason) => {
    const { status, message } = await post(body, 'gzip');

    expect([status, message?.startsWith(reason)]).toEqual([400, true]);
  });

  it('may become 1 MiB, and not a byte more', async () => {
    const largest = await post(gzipSync(operationOf(MIB)), 'gzip');
    const larger = await post(gzipSync(operationOf(MIB + 1)), 'gzip');

    expect([largest.status, larger.status]).toEqual([200, 413]);
    expect(larger.message).toBe('The body is larger than 1 MiB when it is decompressed.');
  });

  it('may be 1 MiB as it arrives, and not more', async () => {
    const { status, message } = await post(gzipSync(operationOf(MIB + 1), { level: 0 }), 'gzip');

    expect([status, message]).toEqual([413, 'The body is larger than 1 MiB.']);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('in %s may become no more either', async (encoding, compress) => {
    expect(await post(compress(operationOf(2 * MIB)), encoding)).toMatchObject({ status: 413 });
  });

  it('that would become 500 MiB is not expanded', async () => {
    const bomb = Buffer.concat(Array.from({ length: 500 }, () => gzipSync(Buffer.alloc(MIB))));
    const before = process.resourceUsage().maxRSS;

    const { status } = await post(bomb, 'gzip');

    expect(bomb.length).toBeLessThan(MIB);
    expect(status).toBe(413);
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(100);
  });
});
