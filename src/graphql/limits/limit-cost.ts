import type { ApolloServerPlugin } from '@apollo/server';

import type { Context } from '../context.ts';
import { extentOf } from './cost.ts';
import type { Extent } from './extent.ts';
import { RefusedOperation } from '../answers/refused-operation.ts';

/** For each unit of cost that an operation may have: scalars cost nothing, but many of them are a large answer all the same. */
const VALUES_PER_COST = 20;
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
          const extent = extentOf(schema, document, operation, request.variables ?? {});
          estimated = extent.cost;
          checkExtent(extent, max);
          return Promise.resolve();
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

/** @throws {RefusedOperation} for more than one operation may be */
export function checkExtent({ cost, values }: Extent, maxCost: number): void {
  if (cost > maxCost) throw tooMuch(`costs ${cost}, and one may cost ${maxCost}`);
  const maxValues = VALUES_PER_COST * maxCost;
  if (values > maxValues) throw tooMuch(`asks for ${values} values, and one may for ${maxValues}`);
}

function tooMuch(what: string): RefusedOperation {
  return new RefusedOperation(
    `This operation ${what}. Ask for fewer fields, or for shorter lists with \`first\`.`,
  );
}
