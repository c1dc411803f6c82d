import type { ApolloServerPlugin } from '@apollo/server';
import { trace } from '@opentelemetry/api';

import { boundedLabel } from '../metrics/bounded-label.ts';
import { failed } from './outcome.ts';

/** Operations are named by their callers: so many names are told apart. */
const MAX_NAMES = 200;

/** Tells the span of an operation its type, its name and how it ended. Never the document, the variables or a message. */
export function operationSpans(): ApolloServerPlugin {
  const label = boundedLabel(MAX_NAMES);
  return {
    async requestDidStart() {
      const span = trace.getActiveSpan();
      if (!span?.isRecording()) return {};
      return {
        async didResolveOperation({ operation, operationName }) {
          const type = operation?.operation ?? 'query';
          span.updateName(type);
          span.setAttribute('graphql.operation.type', type);
          if (operationName) span.setAttribute('graphql.operation.name', label(operationName));
        },
        async willSendResponse({ response: { body } }) {
          if (body.kind !== 'single') return;
          const [error] = body.singleResult.errors ?? [];
          if (error) failed(span, error.extensions?.['code']);
        },
      };
    },
  };
}
