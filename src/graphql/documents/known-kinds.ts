import type { ApolloServerPlugin } from '@apollo/server';

import type { Context } from '../context.ts';
import { RefusedOperation } from '../answers/refused-operation.ts';

/** Refuses subscriptions where the schema has none: graphql-js validates them, and fails when it carries them out. */
export const knownKinds: ApolloServerPlugin<Context> = {
  requestDidStart: ({ schema }) =>
    Promise.resolve({
      didResolveOperation({ operation }) {
        if (!operation || schema.getRootType(operation.operation)) return Promise.resolve();
        throw new RefusedOperation(`This graph has no ${operation.operation}s.`);
      },
    }),
};
