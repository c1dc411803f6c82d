import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyRequest, preHandlerHookHandler, RouteHandlerMethod } from 'fastify';

import type { Context } from '../graphql/context.ts';
import { checkedDocuments } from '../graphql/limits/checked-documents.ts';
import type { TrustedDocuments } from '../graphql/documents/trusted-documents.ts';
import { NOBODY, type Caller } from '../onboarding/caller.ts';
import { callerOf, type Access } from './access/caller-of.ts';
import { helpWhoeverAsksNothing } from './first-contact.ts';
import {
  refuseByHeaders,
  refuseOtherThanOneOperation,
  refuseRoundedVariables,
  varyByCaller,
} from './graphql-request.ts';
import { onlyTrusted } from './only-trusted.ts';
import { emptyMeansAbsent } from './operation-parameters.ts';
import { operationSignal } from './operation-signal.ts';
import type { Overload } from './overload.ts';
import { withRequestId } from './request-id.ts';
import { UNTRACED, type RequestTrace } from './request-trace.ts';

export interface GraphqlOptions {
  readonly graph: ApolloServer<Context>;
  /** Of one operation. */
  readonly context: (operation: {
    readonly requestId: string;
    readonly caller: Caller;
    readonly signal: AbortSignal;
    readonly deadlineAt: number;
  }) => Context;
  readonly trace?: RequestTrace;
  readonly access: Access;
  /** Null: every operation is answered. */
  readonly trustedDocuments: TrustedDocuments | null;
  readonly operationTimeoutMs: number;
  readonly overload: Overload;
  /** Whether there is one, at `/graphiql`. */
  readonly playground: boolean;
}

/** `/graphql`: who calls, how much is asked for, and then the graph. */
export function graphqlRoute(app: FastifyInstance, options: GraphqlOptions): void {
  const { access, overload, playground, trustedDocuments } = options;
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    onRequest: [
      varyByCaller,
      overload.admit,
      helpWhoeverAsksNothing(playground),
      refuseByHeaders,
      async (request) => {
        callers.set(request, await callerOf(request, access));
      },
    ],
    preValidation: [
      refuseOtherThanOneOperation,
      emptyMeansAbsent,
      refuseRoundedVariables,
      ...(trustedDocuments ? [onlyTrusted(trustedDocuments)] : []),
    ],
    preHandler: [overload.admit, refuseWhatIsTooMuch()], // again: others have come while this one arrived
    handler: answerFrom(options, (request) => callers.get(request) ?? NOBODY),
  });
}

function refuseWhatIsTooMuch(): preHandlerHookHandler {
  const checkDocument = checkedDocuments();
  return (request, _reply, done) => {
    for (const text of textsOf(request)) checkDocument(text);
    done();
  };
}

/** The documents of a request, read as Apollo Server reads them: Fastify's own reading of a URL is another. */
function textsOf({ method, body, raw }: FastifyRequest): string[] {
  if (method === 'GET') return new URL(raw.url ?? '', 'http://localhost').searchParams.getAll('query');
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === 'string' ? [query] : [];
}

function answerFrom(
  { graph, context, operationTimeoutMs, overload, trace = UNTRACED }: GraphqlOptions,
  callerOfRequest: (request: FastifyRequest) => Caller,
): RouteHandlerMethod {
  const handle = fastifyApolloHandler(graph, {
    context: async (request, reply) =>
      context({
        requestId: request.id,
        caller: callerOfRequest(request),
        signal: operationSignal(reply.raw, operationTimeoutMs),
        deadlineAt: performance.now() + operationTimeoutMs,
      }),
  });
  return function answer(request, reply) {
    return withRequestId(request.id, () =>
      overload.carryOut(reply.raw, () =>
        trace.operation(request.headers, async () => handle.call(this, request, reply) as unknown),
      ),
    );
  };
}
