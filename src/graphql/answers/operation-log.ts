import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';

import type { Context } from '../context.ts';
import { logFailures } from './failure-log.ts';
import type { OperationReport } from './operation-report.ts';
import { pathInSchema } from './path-in-schema.ts';

/** One line per operation. */
export function operationLog(logger: Logger): (report: OperationReport) => void {
  return ({ requestId, name, kind, fields, durationMs, callerWentAway, errorCodes: codes, userErrorCodes }) =>
    logger.info(
      {
        requestId,
        operation: name === null ? null : toldName(name),
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
        async didEncounterErrors({ errors, operation, document }) {
          const told = (path: readonly (string | number)[]) =>
            operation && document ? pathInSchema(path, operation, document) : '';
          logFailures(logger, { requestId, errors, told });
        },
      };
    },
  };
}

/** Digits of a phone number, with `_` between or not. */
const MAY_BE_SOMEBODYS = /\d{5}|(?:\d_*){7}/;

/** An operation's name is its caller's word. */
function toldName(name: string): string {
  return MAY_BE_SOMEBODYS.test(name) ? 'other' : name;
}
