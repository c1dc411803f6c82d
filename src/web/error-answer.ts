import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { RequestRefused } from './request-refused.ts';

/** What went wrong before the graph was reached, in the shape that GraphQL clients read. */
export function errorAnswer(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const status = error.statusCode ?? 500;
  const known = status < 500 ? messageOf(error, status) : undefined;
  if (known === undefined) logger.error({ requestId: request.id, err: error }, 'A request failed');
  const message =
    known ?? `Something went wrong on our side. Quote the request id ${request.id} when you report it.`;
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .headers({ 'x-request-id': request.id, 'cache-control': 'no-store' }) // no hook runs when the URL is what is wrong
    .send(errorBody(message, known === undefined ? 'INTERNAL_SERVER_ERROR' : codeOf(error), request.id));
}

/** The body of every answer that is an error and not the graph's. */
export function errorBody(message: string, code: string, requestId: string) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}

function codeOf(error: Error): string {
  return error instanceof RequestRefused ? error.code : 'BAD_USER_INPUT';
}

function messageOf(error: FastifyError, status: number): string {
  if (error instanceof RequestRefused) return error.message;
  return MESSAGES[error.code] ?? MESSAGES[status] ?? 'The request cannot be understood.';
}

/** By Fastify's code, or else by the status. */
const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The URL cannot be decoded.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty. Send {"query": "…", "variables": {…}}.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON. Send {"query": "…", "variables": {…}}.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its content-length says.',
  413: 'The body is larger than 1 MiB.',
  414: 'The URL is too long.',
  415: 'Send the operation as content-type: application/json.',
};
