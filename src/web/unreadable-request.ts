import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import type { Logger } from 'pino';

import { errorBody, REFUSED } from './error-answer.ts';

/** Answers what is not HTTP, or too much of it, or never ends: Node hands us the connection alone. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket, logger: Logger): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUSES[error.code ?? ''] ?? 400;
  const requestId = randomUUID();
  const reason = MESSAGES[status]!;
  logger.info({ requestId, status, code: 'BAD_USER_INPUT', reason }, REFUSED);
  const body = JSON.stringify(errorBody(reason, 'BAD_USER_INPUT', requestId));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'cache-control: no-store',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'This is not a request in HTTP/1.1.',
  408: 'The request took too long to arrive.',
  431: 'The URL and the headers are larger than 16 KiB. Send a long query by POST.',
};
