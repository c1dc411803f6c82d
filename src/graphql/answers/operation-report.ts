import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';

import { isOutOfTime } from '../../onboarding/provider.ts';
import type { Context } from '../context.ts';
import { rootFieldsOf } from './root-fields.ts';
import { userErrorCodesOf } from './user-errors.ts';

/** An operation that was answered, for logs and metrics. Never the document or the variables: they hold personal data. */
export interface OperationReport {
  readonly requestId: string;
  readonly name: string | null;
  readonly kind: string | undefined;
  /** As the client calls itself. */
  readonly client: string | null;
  /** What was asked for, where it has no name. */
  readonly fields: readonly string[] | undefined;
  readonly durationMs: number;
  /** What became of it then says nothing about a provider. */
  readonly callerWentAway: boolean;
  /** Of its errors, each once; undefined where it has none. */
  readonly errorCodes: readonly string[] | undefined;
  /** Of its `userErrors`, each once. */
  readonly userErrorCodes: readonly string[];
}

type Answered = GraphQLRequestContextWillSendResponse<Context>;

/** Reports each operation once to everybody who wants to know. */
export function operationReports(
  ...listeners: readonly ((report: OperationReport) => void)[]
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const start = performance.now();
      return {
        async willSendResponse(answered) {
          const report = reportOf(answered, performance.now() - start);
          if (report) for (const tell of listeners) tell(report);
        },
      };
    },
  };
}

function reportOf(answered: Answered, durationMs: number): OperationReport | null {
  const { contextValue, operationName: name, operation, document, request, response } = answered;
  if (response.body.kind !== 'single') return null;
  const { requestId, call } = contextValue;
  const { errors } = response.body.singleResult;
  const headers = request.http?.headers;
  return {
    requestId,
    name: name ?? null,
    kind: operation?.operation,
    client: headers?.get('graphql-client-name') ?? headers?.get('apollographql-client-name') ?? null,
    fields: !name && operation && document ? rootFieldsOf(operation, document) : undefined,
    durationMs,
    callerWentAway: call.signal.aborted && !isOutOfTime(call),
    errorCodes: errors && [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))],
    userErrorCodes: userErrorCodesOf(contextValue),
  };
}
