import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';

import type { Context } from '../context.ts';
import { logFailures } from './failure-log.ts';
import type { OperationReport } from './operation-report.ts';

/** One line per operation. */
export function operationLog(logger: Logger): (report: OperationReport) => void {
  return ({ requestId, name, kind, fields, durationMs, callerWentAway, errorCodes: codes, userErrorCodes }) =>
    logger.info(
      {
        requestId,
        operation: name,
        kind,
        ...(fields && { fields }),
        durationMs: Math.round(durationMs),
        ...(callerWentAway ? { callerWentAway } : codes && { codes }),
        ...(userErrorCodes.length > 0 && { userErrors: userErrorCodes }),
      },
      'Operation',
    );
}

/** The lines of an operation's failures. */
export function failureLog(logger: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { requestId } }) {
      return {
        async didEncounterErrors({ errors }) {
          logFailures(logger, requestId, errors);
        },
      };
    },
  };
}
