import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';

import { isOutOfTime } from '../../onboarding/provider.ts';
import type { Context } from '../context.ts';
import { logFailures } from './failure-log.ts';
import { pathInSchema } from './path-in-schema.ts';
import { rootFieldsOf } from './root-fields.ts';
import { userErrorCodesOf } from './user-errors.ts';

/** One line per operation, and those of its failures. Never the document or the variables: they hold personal data. */
export function operationLog(logger: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { requestId, call } }) {
      const start = performance.now();
      return {
        async didEncounterErrors({ errors, operation, document }) {
          const told = (path: readonly (string | number)[]) =>
            operation && document ? pathInSchema(path, operation, document) : '';
          logFailures(logger, { requestId, errors, told });
        },
        async willSendResponse({ contextValue, operationName, operation, document, response }) {
          if (response.body.kind !== 'single') return;
          const { errors } = response.body.singleResult;
          const codes = errors && [...new Set(errors.map(({ extensions }) => extensions?.['code']))];
          // What became of it then says nothing about a provider.
          const callerWentAway = call.signal.aborted && !isOutOfTime(call);
          const userErrors = userErrorCodesOf(contextValue);
          logger.info(
            {
              requestId,
              operation: operationName ? toldName(operationName) : null,
              kind: operation?.operation,
              ...(!operationName && operation && document && { fields: rootFieldsOf(operation, document) }),
              durationMs: Math.round(performance.now() - start),
              ...(callerWentAway ? { callerWentAway } : codes && { codes }),
              ...(userErrors.length > 0 && { userErrors }),
            },
            'Operation',
          );
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
