import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';

import { BadUserInput, Forbidden, OnboardingError, Unauthenticated } from '../../onboarding/errors.ts';
import type { Context } from '../context.ts';
import { isOfTheRequest } from './errors.ts';
import { rootFieldsOf } from './root-fields.ts';
import { userErrorCodesOf } from './user-errors.ts';

/** One line per operation, and one per error that is not the caller's. Never the document or the variables: they hold personal data. */
export function operationLog(logger: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { requestId } }) {
      const start = performance.now();
      return {
        async didEncounterErrors({ errors }) {
          // One outage can fail thousands of fields.
          for (const [err, failed] of Map.groupBy(errors.filter(isOurs), causeOf)) {
            const isOutage = err instanceof OnboardingError;
            const path = failed[0]?.path?.join('.');
            logger[isOutage ? 'warn' : 'error'](
              { requestId, path, ...(failed.length > 1 && { times: failed.length }), err },
              'A field failed',
            );
          }
        },
        async willSendResponse({ contextValue, operationName, operation, document, response }) {
          if (response.body.kind !== 'single') return;
          const { errors } = response.body.singleResult;
          const codes = errors && [...new Set(errors.map(({ extensions }) => extensions?.['code']))];
          const userErrors = userErrorCodesOf(contextValue);
          logger.info(
            {
              requestId,
              operation: operationName ?? null,
              kind: operation?.operation,
              ...(!operationName && operation && document && { fields: rootFieldsOf(operation, document) }),
              durationMs: Math.round(performance.now() - start),
              ...(codes && { codes }),
              ...(userErrors.length > 0 && { userErrors }),
            },
            'Operation',
          );
        },
      };
    },
  };
}

/** Errors that nobody on our side has to look at. */
const CALLERS_OWN = [BadUserInput, Unauthenticated, Forbidden];

/** Errors of the document or the variables are the caller's, too, and quote what the caller wrote. */
function isOurs(error: GraphQLError): boolean {
  const { originalError, extensions } = error;
  const isTheirs = CALLERS_OWN.some((kind) => originalError instanceof kind) || isOfTheRequest(error);
  return !isTheirs && extensions['code'] === undefined;
}

function causeOf({ originalError }: GraphQLError): Error {
  return originalError ?? UNNAMED;
}

const UNNAMED = new GraphQLError('The graph could not answer');
