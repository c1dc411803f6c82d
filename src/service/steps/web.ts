import type { FastifyInstance } from 'fastify';

import { contextOf } from '../../graphql/context.ts';
import type { Services } from '../../graphql/services.ts';
import type { Provider } from '../../onboarding/provider.ts';
import type { Store } from '../../store/store.ts';
import type { Access } from '../../web/access/caller-of.ts';
import { tokenVerifier } from '../../web/access/token-verifier.ts';
import { webApp } from '../../web/app.ts';
import { isInstalled } from '../../web/playground/assets.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import { listen } from '../startup.ts';
import type { Graph } from './graph.ts';
import type { Start } from './start.ts';

interface Behind extends Graph {
  readonly store: Store;
  readonly services: Services;
  readonly tracing: Tracing | null;
  readonly sandboxed: readonly Provider[];
}

export interface Web {
  readonly app: FastifyInstance;
  /** Where it is reached, for example `http://127.0.0.1:4001`. */
  readonly origin: string;
  readonly hasPlayground: boolean;
}

/** The incoming HTTP, which is the last to be opened and the first to be closed. */
export async function openWeb(start: Start, { store, services, tracing, ...told }: Behind): Promise<Web> {
  const { config, logger, metrics, opened, stopping } = start;
  const hasPlayground = config.playground && isInstalled();
  const access = accessOf(start);
  const app = await webApp({
    ...told,
    ...(tracing && { trace: tracing }),
    context: (operation) => contextOf(services, operation),
    logger,
    operationTimeoutMs: config.operationTimeoutMs,
    playground: hasPlayground,
    corsOrigins: config.corsOrigins,
    access,
    metrics: config.metricsPort === null ? metrics : null,
    routerSecret: config.routerSecret,
    overload: config,
    loopbackOnly: config.access === 'LOOPBACK',
    stopping: stopping.signal,
    providersHealth: services.providersHealth,
    isReady: async () =>
      !stopping.signal.aborted && (typeof access === 'string' || access.isReady()) && (await store.isReady()),
  });
  opened.defer(() => app.close());
  return { app, origin: await listen(app, config), hasPlayground };
}

function accessOf({ config: { access }, logger, opened }: Start): Access {
  if (access === 'NONE') return 'EVERYBODY';
  if (access === 'LOOPBACK') return access;
  const verifier = tokenVerifier(access, logger);
  opened.defer(() => verifier.close());
  return verifier;
}
