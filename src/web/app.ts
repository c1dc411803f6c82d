import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer } from '@apollo/server';
import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import type { Context } from '../graphql/context.ts';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import { cors } from './cors.ts';
import { errorAnswer } from './error-answer.ts';
import { refuseByHeaders, refuseOtherThanOneOperation, varyByCaller } from './graphql-request.ts';
import { healthRoutes } from './health.ts';
import { readJsonBodies } from './json-body.ts';
import { refuseOtherHosts } from './loopback.ts';
import { nothingHere } from './nothing-here.ts';
import { onlyTrusted } from './only-trusted.ts';
import { operationSignal } from './operation-signal.ts';
import { playground } from './playground/playground.ts';
import { requestIdOf, withRequestId } from './request-id.ts';
import { answerUnreadable } from './unreadable-request.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;
/** For a request to arrive. */
const REQUEST_TIMEOUT_MS = 30_000;

interface AppOptions {
  readonly graph: ApolloServer<Context>;
  /** Of one operation. */
  readonly context: (requestId: string, signal: AbortSignal) => Context;
  readonly logger: Logger;
  readonly operationTimeoutMs: number;
  readonly playground: boolean;
  /** Pages of these origins may call the graph. */
  readonly corsOrigins: readonly string[];
  /** Null: every operation is answered. */
  readonly trustedDocuments: TrustedDocuments | null;
  readonly isReady: () => Promise<boolean>;
  /** Answers only requests that name this machine itself: no page of another site can then read from it by renaming itself. */
  readonly loopbackOnly: boolean;
}

/** The incoming HTTP: `/graphql`, `/graphiql`, `/healthz`, `/readyz`. The graph must have been started. */
export async function webApp(options: AppOptions): Promise<FastifyInstance> {
  const { graph, context, logger, operationTimeoutMs, trustedDocuments } = options;
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void errorAnswer(error, request, reply, logger),
    genReqId: requestIdOf,
    logger: false, // it would log the URL, and the URL of a GET holds the query
  });

  app.removeContentTypeParser('text/plain'); // Fastify reads it by default, and browsers send it without a preflight
  readJsonBodies(app);
  if (options.loopbackOnly) app.addHook('onRequest', refuseOtherHosts);
  await cors(app, options.corsOrigins);
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    void reply.header('x-request-id', request.id);
    // Without it, caches may guess for how long they keep a 404.
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    // A connection that is kept alive would keep the process from ending.
    if (isClosing) void reply.header('connection', 'close');
    done();
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => errorAnswer(error, request, reply, logger));
  app.setNotFoundHandler(nothingHere);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) nothingHere(request, reply); // whatever its body is
    done();
  });

  const handleGraphql = fastifyApolloHandler(graph, {
    context: (request, reply) =>
      Promise.resolve(context(request.id, operationSignal(reply.raw, operationTimeoutMs))),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    onRequest: [varyByCaller, refuseByHeaders],
    preValidation: [
      refuseOtherThanOneOperation,
      ...(trustedDocuments ? [onlyTrusted(trustedDocuments)] : []),
    ],
    handler(request, reply) {
      return withRequestId(request.id, () => handleGraphql.call(app, request, reply) as unknown);
    },
  });

  healthRoutes(app, options);
  if (options.playground) {
    await app.register(playground({ endpoint: '/graphql' }));
    app.get('/', (_request, reply) => reply.redirect('/graphiql'));
  }
  return app;
}
