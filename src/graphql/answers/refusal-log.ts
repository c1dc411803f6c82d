import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';

import { formatError } from './errors.ts';

/** A line for each request that Apollo Server refuses before it is an operation: a page of another site, malformed variables in a URL. */
export function refusalLog(logger: Logger, requestId: () => string): ApolloServerPlugin {
  return {
    async invalidRequestWasReceived({ error }) {
      const { message: reason, extensions } = formatError(error, error, requestId());
      logger.info(
        { requestId: requestId(), status: statusOf(error), code: extensions?.['code'], reason },
        'Request refused',
      );
    },
  };
}

function statusOf(error: Error): number {
  const http = error instanceof GraphQLError ? error.extensions['http'] : undefined;
  return (http as { readonly status?: number } | undefined)?.status ?? 400;
}
