import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { controlRoutes } from './control-routes.ts';
import type { Executions } from './executions.ts';
import { faultGuide, Faults } from './faults.ts';
import { injectFaults } from './inject-faults.ts';
import { malformed, readJsonBodies } from './json-body.ts';
import { Recorder } from './recorder.ts';
import { Refusal } from './refusal.ts';

/** One provider, as the server that they all share needs it. */
export interface ProviderSandbox {
  /** A sentence for whoever opens `/`. */
  readonly about: string;
  readonly executions: Executions;
  /** What the provider answers where the server itself finds a fault with a request. */
  readonly refusals: {
    malformed(): Refusal;
    unknownRoute(request: FastifyRequest): Refusal;
    broken(): Refusal;
  };
  /** Checks the credentials and headers that every route of the API asks for; throws a Refusal. */
  admit(request: FastifyRequest): void;
  routes(app: FastifyInstance): void;
  /** Completes the body of a refusal with what only the request knows. */
  errorBody?(refusal: Refusal, request: FastifyRequest): unknown;
  reset(): void;
}

export interface ProviderServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves a provider on loopback; port 0 is any free one. Rejects with Node's error when the port is taken. */
export async function startProviderServer(provider: ProviderSandbox, port: number): Promise<ProviderServer> {
  const stopping = new AbortController();
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: (_error, request, reply) =>
      void refuse(provider, provider.refusals.unknownRoute(request), request, reply),
  });
  const faults = new Faults();
  const recorder = new Recorder();

  // A page of another site that had its name point here (DNS rebinding) must not read what was recorded.
  app.addHook('onRequest', (request, reply, done) => {
    if (/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) done();
    else void reply.code(421).send('The sandbox is for this machine alone.\n');
  });
  readJsonBodies(app);
  injectFaults(app, faults, recorder, stopping.signal);
  app.addHook('preValidation', async (request) => {
    if (isOpen(request)) return;
    provider.admit(request);
    if (request.body === malformed) throw provider.refusals.malformed();
  });
  app.setErrorHandler((error, request, reply) =>
    refuse(provider, asRefusal(provider, error), request, reply),
  );
  app.setNotFoundHandler((request) => {
    throw provider.refusals.unknownRoute(request);
  });

  const { executions } = provider;
  controlRoutes(app, { faults, recorder, executions, reset: () => provider.reset() });
  app.get('/', { config: { open: true } }, () => `${provider.about}\n\n${faultGuide}`);
  provider.routes(app);

  await app.listen({ host: '127.0.0.1', port });
  return {
    origin: app.listeningOrigin,
    async stop() {
      // Connections first: what still waits for its delay is then cut off, not answered.
      app.server.closeAllConnections();
      stopping.abort();
      await app.close();
    },
  };
}

/** Routes that no key guards: the control routes, and those that say so (`config: { open: true }`). */
function isOpen(request: FastifyRequest): boolean {
  const { url, config } = request.routeOptions;
  return url?.startsWith('/_') === true || ('open' in config && config.open === true);
}

function asRefusal({ refusals }: ProviderSandbox, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500 ? refusals.malformed() : refusals.broken();
}

function refuse(provider: ProviderSandbox, refusal: Refusal, request: FastifyRequest, reply: FastifyReply) {
  const body = provider.errorBody?.(refusal, request) ?? refusal.body;
  return reply.code(refusal.status).send(body);
}
