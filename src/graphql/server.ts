import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';

import { BadUserInput, Forbidden, OnboardingError, Unauthenticated } from '../onboarding/errors.ts';
import { registeredTexts, validDocuments } from './caches.ts';
import type { Context } from './context.ts';
import { formatError, isOfTheRequest } from './errors.ts';
import { knownKinds } from './known-kinds.ts';
import { limitCost } from './limits/limit-cost.ts';
import { plainJsonStatus } from './plain-json-status.ts';
import { refusalLog } from './refusal-log.ts';

/** Each of them is made with a copy of the whole value in its words. */
const MAX_COERCION_ERRORS = 5;

interface GraphOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  /** Whether errors may suggest names of the schema: «Did you mean …?». */
  readonly suggestions: boolean;
  /** Of one operation. */
  readonly maxCost: number;
  readonly logger: Logger;
  /** The id of the request that is being handled. */
  readonly requestId: () => string;
}

/** A graph, ready to be put behind HTTP. */
export function graphServer({
  schema,
  introspection,
  suggestions,
  maxCost,
  logger,
  requestId,
}: GraphOptions): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !suggestions,
    persistedQueries: { cache: registeredTexts() },
    documentStore: validDocuments(),
    formatError: (formatted, error) => formatError(formatted, error, requestId()),
    executionOptions: { maxCoercionErrors: MAX_COERCION_ERRORS },
    stopOnTerminationSignals: false, // main.ts drains the whole process
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      knownKinds,
      limitCost(maxCost),
      refusalLog(logger, requestId),
      operationLog(logger),
      plainJsonStatus,
    ],
    logger: logger.child({}, { level: 'warn' }),
  });
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

/** One line per operation, and one per error that is not the caller's. Never the document or the variables: they hold personal data. */
function operationLog(logger: Logger): ApolloServerPlugin<Context> {
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
        async willSendResponse({ operationName, operation, response }) {
          if (response.body.kind !== 'single') return;
          const { errors } = response.body.singleResult;
          const codes = errors && [...new Set(errors.map(({ extensions }) => extensions?.['code']))];
          logger.info(
            {
              requestId,
              operation: operationName ?? null,
              kind: operation?.operation,
              durationMs: Math.round(performance.now() - start),
              ...(codes && { codes }),
            },
            'Operation',
          );
        },
      };
    },
  };
}
