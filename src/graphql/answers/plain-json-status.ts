import type { ApolloServerPlugin } from '@apollo/server';

import { mediaTypeFor } from './media-type.ts';
import { RefusedOperation } from './refused-operation.ts';

/**
 * GraphQL over HTTP: in `application/json`, an answer to a well-formed request has status 200 even when the operation cannot
 * be carried out, for a 400 could come from anything between. In `application/graphql-response+json` it keeps its 400.
 */
export const plainJsonStatus: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, source, errors }) {
        // Without a source, the request itself was malformed.
        if (response.http.status !== 400 || source === undefined) return;
        if (errors?.some(({ originalError }) => originalError instanceof RefusedOperation)) return;
        const mediaType = mediaTypeFor(request.http?.headers.get('accept'));
        if (mediaType?.startsWith('application/json')) response.http.status = 200;
      },
    };
  },
};
