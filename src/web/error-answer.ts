import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { RefusedOperation } from '../graphql/answers/refused-operation.ts';
import type { ErrorCode } from '../onboarding/errors.ts';
import { RefusedRequest } from './refused-request.ts';

/** What went wrong before the graph was reached, in the shape that GraphQL clients read; the log has it, too. */
export function errorAnswer(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const { statusCode, code, message, headers, logged } = told(error, request.id);
  if (code === 'INTERNAL_SERVER_ERROR' && !(error instanceof RefusedRequest)) {
    logger.error({ requestId: request.id, err: error }, 'A request failed');
  } else {
    logger.info({ requestId: request.id, status: statusCode, code, reason: message, ...logged }, REFUSED);
  }
  return reply
    .code(statusCode)
    .headers({ 'x-request-id': request.id, 'cache-control': 'no-store', ...headers }) // no hook runs when the URL is what is wrong
    .type('application/json; charset=utf-8')
    .send(errorBody(message, code, request.id));
}

/** The line in the log for a request of which nothing was carried out. */
export const REFUSED = 'Request refused';

/** The body of every answer that is an error and not the graph's. */
export function errorBody(message: string, code: ErrorCode, requestId: string) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}

interface Told {
  readonly statusCode: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly logged?: Readonly<Record<string, string>>;
}

function told(error: FastifyError, requestId: string): Told {
  if (error instanceof RefusedRequest) return error;
  const headers = {};
  if (error instanceof RefusedOperation) {
    return { statusCode: 400, code: error.code, message: error.message, headers };
  }
  const { statusCode = 500 } = error;
  if (statusCode < 500) {
    const message = MESSAGES[error.code] ?? MESSAGES[statusCode] ?? 'The request cannot be understood.';
    return { statusCode, code: 'BAD_USER_INPUT', message, headers };
  }
  const message = `Something went wrong on our side. Quote the request id ${requestId} when you report it.`;
  return { statusCode, code: 'INTERNAL_SERVER_ERROR', message, headers };
}

/** By the code of Fastify or of Node, or else by the status. */
const MESSAGES: Readonly<Record<string, string>> = {
  ECONNRESET: 'The request was broken off before it had arrived.',
  FST_ERR_BAD_URL: 'The URL cannot be decoded.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its content-length says.',
  413: 'The body is larger than 1 MiB.',
  414: 'The URL is too long.',
  415: 'Send the operation as content-type: application/json.',
};
