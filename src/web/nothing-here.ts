import type { FastifyReply, FastifyRequest } from 'fastify';

import { RequestRefused } from './request-refused.ts';

/** Answers what no route is for: another path (404), or another method at the graph (405). */
export function nothingHere({ url }: FastifyRequest, reply: FastifyReply): never {
  if (url.split('?', 1)[0] !== '/graphql') {
    throw new RequestRefused(404, 'There is nothing here. The graph is at /graphql.', 'NOT_FOUND');
  }
  void reply.header('allow', 'GET, POST');
  throw new RequestRefused(405, 'Send an operation by POST, or a query by GET.');
}
