import { MIMEType } from 'node:util';

import type { onRequestHookHandler, preValidationHookHandler } from 'fastify';

import { mediaTypeFor } from '../graphql/media-type.ts';
import { RequestRefused } from './request-refused.ts';

/** Tells a browser that keeps an answer what it depends on: the same page may sign in as somebody else. */
export const varyByCaller: onRequestHookHandler = (_request, reply, done) => {
  void reply.header('vary', [reply.getHeader('vary') ?? [], 'accept', 'authorization'].flat().join(', '));
  done();
};

/**
 * Refuses by its headers what could not be read, or not be answered: Apollo Server looks at `accept` only when a mutation
 * has been carried out, and a session token is answered once.
 */
export const refuseByHeaders: onRequestHookHandler = ({ headers, hostname }, reply, done) => {
  if (!URL.canParse(`http://${hostname}/`)) {
    throw new RequestRefused(400, 'The host header names no host.'); // Apollo's integration builds a URL with it
  }
  if (mediaTypeFor(headers.accept) === null) {
    throw new RequestRefused(
      406,
      'The graph answers in application/json or application/graphql-response+json. Accept one of them.',
    );
  }
  if (!/^identity$/i.test(headers['content-encoding'] ?? 'identity')) {
    void reply.header('accept-encoding', 'identity');
    throw new RequestRefused(415, 'The body is compressed. Send it without content-encoding.');
  }
  if (!/^utf-?8$/i.test(charsetOf(headers['content-type']))) {
    throw new RequestRefused(415, 'Send JSON encoded in UTF-8, and no other charset.');
  }
  done();
};

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
    throw new RequestRefused(400, 'Send one operation in a request: batches are not answered.');
  }
  if (method === 'POST' && (typeof body !== 'object' || body === null || Object.keys(body).length === 0)) {
    throw new RequestRefused(400, 'The body must be an object: {"query": "…", "variables": {…}}.');
  }
  done();
};
