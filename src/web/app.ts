import type { Socket } from 'node:net';

import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';

import type { ProvidersHealth } from '../onboarding/provider-health.ts';
import type { Provider } from '../onboarding/provider.ts';
import { requireRouterSecret } from './access/router-secret.ts';
import { arrivalWithin } from './arrival.ts';
import { cors } from './cors.ts';
import { errorAnswer } from './error-answer.ts';
import { graphqlRoute, type GraphqlOptions } from './graphql-route.ts';
import { healthRoutes } from './health.ts';
import { readJsonBodies } from './json-body.ts';
import { refuseOtherHosts } from './loopback.ts';
import { metricsRoute, type Scraped } from './metrics.ts';
import { nothingHere } from './nothing-here.ts';
import { Overload, type OverloadOptions } from './overload.ts';
import { playground } from './playground/playground.ts';
import { requestIdOf } from './request-id.ts';
import { UNTRACED } from './request-trace.ts';
import { answerUnreadable } from './unreadable-request.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;
/** For a request to arrive, from its first byte (or the connection's beginning) to its last. */
const REQUEST_TIMEOUT_MS = 30_000;

interface AppOptions extends Omit<GraphqlOptions, 'overload'> {
  readonly logger: Logger;
  /** What a request has to know, unless it asks for our health or is a browser's preflight; null: nothing. */
  readonly routerSecret: string | null;
  /** The providers that the built-in sandbox stands in for: the playground tells. */
  readonly sandboxed: readonly Provider[];
  /** Pages of these origins may call the graph. */
  readonly corsOrigins: readonly string[];
  /** Null: they are not here. */
  readonly metrics?: Scraped | null;
  readonly isReady: () => Promise<boolean>;
  /** What `/readyz` tells of the providers. */
  readonly providersHealth?: ProvidersHealth;
  /** Aborted as soon as the process is to end. */
  readonly stopping?: AbortSignal;
  /** Answers only requests that name this machine itself: no page of another site can then read from it by renaming itself. */
  readonly loopbackOnly: boolean;
  /** When new operations are refused. */
  readonly overload: OverloadOptions;
  /** For a request to arrive; by default 30,000. */
  readonly requestTimeoutMs?: number;
}

/** The incoming HTTP: `/graphql`, `/graphiql`, `/metrics`, `/healthz`, `/readyz`. The graph must have been started. */
export async function webApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify(serverOptions(options));
  app.removeContentTypeParser('text/plain'); // Fastify reads it by default, and browsers send it without a preflight
  readJsonBodies(app, BODY_LIMIT_BYTES);
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    (options.trace ?? UNTRACED).received(request.headers, () =>
      errorAnswer(error, request, reply, options.logger),
    ),
  );
  await cors(app, options.corsOrigins);
  finishAnswers(app, options);
  healthRoutes(app, options);
  await app.register(guardedRoutes(options));
  return app;
}

function serverOptions({ logger, trace = UNTRACED, requestTimeoutMs = REQUEST_TIMEOUT_MS }: AppOptions) {
  return {
    bodyLimit: BODY_LIMIT_BYTES,
    ...arrivalWithin(requestTimeoutMs),
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) =>
      answerUnreadable(error, socket, logger),
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void trace.received(request.headers, () => errorAnswer(error, request, reply, logger)),
    genReqId: requestIdOf,
    logger: false, // it would log the URL, and the URL of a GET holds the query
  } as const;
}

/** What every answer has, and every last one. */
function finishAnswers(app: FastifyInstance, { stopping }: AppOptions): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    void reply.header('x-request-id', request.id);
    // Without it, caches may guess for how long they keep a 404.
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    // Whoever keeps a connection alive comes back on a new one, and by then to another process.
    if (stopping?.aborted) void reply.header('connection', 'close');
    done();
  });
}

/** All but the health, which whoever watches over the process asks for by its address and without a secret. */
function guardedRoutes(options: AppOptions) {
  const { loopbackOnly, routerSecret } = options;
  return async (guarded: FastifyInstance): Promise<void> => {
    const overload = new Overload(options.overload, options.logger);
    await overload.watch(guarded);
    if (loopbackOnly) guarded.addHook('onRequest', refuseOtherHosts);
    if (routerSecret !== null) guarded.addHook('onRequest', requireRouterSecret(routerSecret));
    guarded.setNotFoundHandler(nothingHere);
    guarded.addHook('onRequest', (request, _reply, done) => {
      if (request.is404) nothingHere(request); // whatever its body is
      done();
    });
    graphqlRoute(guarded, { ...options, overload });
    if (options.metrics) metricsRoute(guarded, options.metrics);
    if (options.playground) {
      await guarded.register(playground({ endpoint: '/graphql', sandboxed: options.sandboxed }));
      guarded.get('/', (_request, reply) => reply.redirect('/graphiql'));
    }
  };
}
