import type { onRequestAsyncHookHandler } from 'fastify';
import Negotiator from 'negotiator';

import { parametersOf } from './operation-parameters.ts';
import { RefusedRequest } from './refused-request.ts';

/** Any of them asks for something: a document, or one by its name. */
const ASKING = ['query', 'extensions', 'documentId', 'doc_id', 'id'];

/**
 * Helps whoever opens the graph's URL and asks for nothing: a browser is led to the playground, everybody else is told how to
 * send a query.
 */
export function helpWhoeverAsksNothing(hasPlayground: boolean): onRequestAsyncHookHandler {
  const playground = hasPlayground ? ' The playground is at /graphiql.' : '';
  return async (request, reply) => {
    if (request.method !== 'GET' || ASKING.some((name) => parametersOf(request)[name] !== undefined)) return;
    if (hasPlayground && prefersPages(request.headers.accept)) {
      await reply.redirect('/graphiql');
      return;
    }
    throw new RefusedRequest({
      statusCode: 400,
      message: `This is a GraphQL API, and no query was sent. POST {"query": "{ __typename }"} here with content-type: application/json.${playground}`,
    });
  };
}

function prefersPages(accept: string | undefined): boolean {
  const preferred = new Negotiator({ headers: accept ? { accept } : {} }).mediaType([
    'application/json',
    'text/html',
  ]);
  return preferred === 'text/html';
}
