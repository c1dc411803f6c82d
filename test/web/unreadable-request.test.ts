import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { createLogger } from '../../src/log/logger.ts';
import { answerUnreadable } from '../../src/web/unreadable-request.ts';

const logger = createLogger({ level: 'silent', secrets: [] });

/** What a caller reads whose request ended in an error of this code. */
async function answerTo(code: string): Promise<string> {
  const server = createServer((socket) => {
    answerUnreadable(Object.assign(new Error('x'), { code }), socket, logger);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await text(connect((server.address() as AddressInfo).port, '127.0.0.1'));
  server.close();
  return answer;
}

describe('a request that could not be read', () => {
  it.each([
    ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'The request took too long to arrive.'],
    ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large', 'The URL and the headers are larger than'],
    ['HPE_INVALID_METHOD', '400 Bad Request', 'This is not a request in HTTP/1.1.'],
  ])('because of %s is answered %s', async (code, status, message) => {
    const answer = await answerTo(code);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}\\r\\n`));
    expect(answer).toContain(message);
  });

  it('because the caller has gone away is not answered', async () => {
    expect(await answerTo('ECONNRESET')).toBe('');
  });
});
