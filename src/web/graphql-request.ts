import { MIMEType } from 'node:util';

import type { onRequestHookHandler, preValidationHookHandler } from 'fastify';

import { mediaTypeFor } from '../graphql/answers/media-type.ts';
import { checkContentEncoding } from './content-encoding.ts';
import { hasMarked } from './lossless-json.ts';
import { RefusedRequest } from './refused-request.ts';

/** Tells a browser that keeps an answer what it depends on: the same page may sign in as somebody else. */
export const varyByCaller: onRequestHookHandler = (_request, reply, done) => {
  void reply.header('vary', [reply.getHeader('vary') ?? [], 'accept', 'authorization'].flat().join(', '));
  done();
};

/**
 * Refuses by its headers what could not be read, or not be answered: Apollo Server looks at `accept` only when a mutation
 * has been carried out, and a session token is answered once.
 */
export const refuseByHeaders: onRequestHookHandler = ({ headers, hostname }, _reply, done) => {
  checkHost(hostname);
  checkAccept(headers.accept);
  checkContentEncoding(headers['content-encoding']);
  checkCharset(headers['content-type']);
  done();
};

function checkHost(hostname: string): void {
  if (URL.canParse(`http://${hostname}/`)) return;
  throw new RefusedRequest({ statusCode: 400, message: 'The host header names no host.' }); // Apollo's integration builds a URL with it
}

function checkAccept(accept: string | undefined): void {
  if (mediaTypeFor(accept) !== null) return;
  throw new RefusedRequest({
    statusCode: 406,
    message:
      'The graph answers in application/json or application/graphql-response+json. Accept one of them.',
  });
}

function checkCharset(contentType: string | undefined): void {
  if (/^utf-?8$/i.test(charsetOf(contentType))) return;
  throw new RefusedRequest({
    statusCode: 415,
    message: 'Send JSON encoded in UTF-8, and no other charset.',
  });
}

function charsetOf(contentType = ''): string {
  try {
    return new MIMEType(contentType).params.get('charset') ?? 'utf-8';
  } catch {
    return 'utf-8'; // no media type at all, which is refused where the body is read
  }
}

/** Refuses a body that is not one operation. */
export const refuseOtherThanOneOperation: preValidationHookHandler = ({ method, body }, _reply, done) => {
  if (Array.isArray(body)) {
    throw new RefusedRequest({
      statusCode: 400,
      message: 'Send one operation in a request: batches are not answered.',
    });
  }
  if (method === 'POST' && (typeof body !== 'object' || body === null || Object.keys(body).length === 0)) {
    throw new RefusedRequest({
      statusCode: 400,
      message: 'The body must be an object: {"query": "…", "variables": {…}}.',
    });
  }
  done();
};

/** Refuses in a URL what a body's reader marks: Apollo Server reads the variables of a GET itself, and rounds them. */
export const refuseRoundedVariables: preValidationHookHandler = ({ method, raw }, _reply, done) => {
  const given = new URL(raw.url ?? '', 'http://localhost').searchParams.getAll('variables');
  if (method === 'GET' && given.some(hasMarked)) {
    throw new RefusedRequest({
      statusCode: 400,
      message: 'Write whole numbers in `variables` in digits alone, and ids as strings.',
    });
  }
  done();
};
