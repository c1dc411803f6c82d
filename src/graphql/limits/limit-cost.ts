import type { ApolloServerPlugin } from '@apollo/server';

import type { Context } from '../context.ts';
import { costOf } from './cost.ts';
import { RefusedOperation } from '../refused-operation.ts';

/** With it a caller asks for `extensions.cost`: `graphql-cost: report`. */
const REPORT_HEADER = 'graphql-cost';

/** Refuses operations that cost more than `max`, before anything of them is carried out. */
export function limitCost(max: number): ApolloServerPlugin<Context> {
  return {
    requestDidStart({ schema, request }) {
      let estimated: number | undefined;
      return Promise.resolve({
        didResolveOperation({ document, operation }) {
          if (!operation) return Promise.resolve();
          estimated = costOf(schema, document, operation, request.variables ?? {});
          if (estimated <= max) return Promise.resolve();
          throw new RefusedOperation(
            `This operation costs ${estimated}, and one may cost ${max}. Ask for fewer fields, or for shorter lists with \`first\`.`,
          );
        },

        willSendResponse({ response: { body } }) {
          const isAsked = request.http?.headers.get(REPORT_HEADER) === 'report';
          if (isAsked && estimated !== undefined && body.kind === 'single') {
            const { extensions } = body.singleResult;
            body.singleResult.extensions = { ...extensions, cost: { estimated, max } };
          }
          return Promise.resolve();
        },
      });
    },
  };
}
