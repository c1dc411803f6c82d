import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';

import { registeredTexts, validDocuments } from './documents/caches.ts';
import type { Context } from './context.ts';
import { formatError } from './answers/errors.ts';
import { knownKinds } from './documents/known-kinds.ts';
import { limitCost } from './limits/limit-cost.ts';
import { failureLog, operationLog } from './answers/operation-log.ts';
import { operationReports, type OperationReport } from './answers/operation-report.ts';
import { plainJsonStatus } from './answers/plain-json-status.ts';
import { refusalLog } from './answers/refusal-log.ts';

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
  /** Of whoever else wants to know of operations. */
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
  /** The id of the request that is being handled. */
  readonly requestId: () => string;
  /** Told of each operation when it is answered. */
  readonly onOperation?: (report: OperationReport) => void;
}

/** A graph, ready to be put behind HTTP. */
export function graphServer({
  schema,
  introspection,
  suggestions,
  maxCost,
  logger,
  plugins = [],
  requestId,
  onOperation,
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
      failureLog(logger),
      operationReports(operationLog(logger), ...(onOperation ? [onOperation] : [])),
      plainJsonStatus,
      ...plugins,
    ],
    logger: logger.child({}, { level: 'warn' }),
  });
}
