import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** What went wrong before the graph was reached, in the shape that GraphQL clients read. */
export function errorAnswer(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const status = error.statusCode ?? 500;
  const known = status < 500 ? (MESSAGES[status] ?? 'The request cannot be understood.') : undefined;
  if (known === undefined) logger.error({ requestId: request.id, err: error }, 'A request failed');
  const message =
    known ?? `Something went wrong on our side. Quote the request id ${request.id} when you report it.`;
  const code = known === undefined ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The body is not valid JSON. Send {"query": "…", "variables": {…}}.',
  413: 'The body is larger than 1 MiB.',
  415: 'Send the operation as content-type: application/json.',
};
