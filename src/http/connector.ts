import type { Socket } from 'node:net';

import { buildConnector } from 'undici';

/** Opens connections over HTTP/1.1: over HTTP/2 undici sends by itself again what a server that retires a connection says it did not process, writes included. */
export function connector(timeoutMs: number): buildConnector.connector {
  return passingOverContinue(buildConnector({ timeout: timeoutMs, allowH2: false }));
}

/**
 * Opens connections on which an unsolicited `100 Continue` is passed over, as RFC 9110 (15.2) asks of every client: undici
 * passes over any other 1xx, and breaks the connection at this one, so that a success would be a doubt.
 */
export function passingOverContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (socket) callback(null, withoutContinue(socket));
      else callback(error, null);
    });
}

/** A socket that reads `100` as `102`, of the same length and also of no consequence. */
function withoutContinue<T extends Socket>(socket: T): T {
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const chunk = read(size) as Buffer | null;
    if (chunk) renameContinue(chunk);
    return chunk as unknown;
  };
  return socket;
}

const CONTINUE = /^HTTP\/1\.1 100[ \r]/;
const STATUS_AT = 'HTTP/1.1 '.length;
const END_OF_HEAD = '\r\n\r\n';

/** At the beginning of what was read, where heads are; JSON does not begin like one. */
function renameContinue(chunk: Buffer): void {
  let start = 0;
  while (CONTINUE.test(chunk.toString('latin1', start, start + STATUS_AT + 4))) {
    chunk.write('102', start + STATUS_AT, 'latin1');
    const end = chunk.indexOf(END_OF_HEAD, start, 'latin1');
    start = end < 0 ? chunk.length : end + END_OF_HEAD.length;
  }
}
