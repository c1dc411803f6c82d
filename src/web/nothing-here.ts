import type { FastifyRequest } from 'fastify';

import { RefusedRequest } from './refused-request.ts';

/** Answers what no route is for: another path (404), or another method at the graph (405). */
export function nothingHere({ url }: Pick<FastifyRequest, 'url'>): never {
  if (url.split('?', 1)[0] !== '/graphql') {
    throw new RefusedRequest({
      statusCode: 404,
      message: 'There is nothing here. The graph is at /graphql.',
    });
  }
  throw new RefusedRequest({
    statusCode: 405,
    message: 'Send an operation by POST, or a query by GET.',
    headers: { allow: 'GET, POST' },
  });
}
