import type { Logger } from 'pino';

import type { Config } from '../config/config.ts';
import { databaseOf } from '../formats/database-url.ts';
import { createLogger } from '../log/logger.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { announce } from './announce.ts';
import { assembleServices, recoverLeftovers } from './steps/domain.ts';
import { startGraph } from './steps/graph.ts';
import { openMetrics } from './steps/metrics.ts';
import { connectProviders } from './steps/providers.ts';
import { startSandboxes } from './steps/sandbox.ts';
import type { Start } from './steps/start.ts';
import { openRecords } from './steps/store.ts';
import { startTracing } from './steps/tracing.ts';
import { openWeb } from './steps/web.ts';
import { stop } from './stop.ts';

export interface Server {
  /** Of the graph, for example `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  /** Serves on until load balancers have noticed, finishes what is in flight (10 s at most) and lets everything go. */
  stop(): Promise<void>;
}

/** The logger of a process with this configuration. */
export function loggerOf({ logLevel, databaseUrl, ...config }: Config): Logger {
  const { incode, increase, relay, encryptionKeys, routerSecret } = config;
  const keys = [incode, increase, relay].flatMap((provider) => (provider ? [provider.apiKey] : []));
  const database = databaseOf(databaseUrl);
  const proxies = Object.values(config.proxy ?? {}).map((url: string) => URL.parse(url)?.password ?? '');
  const secrets = [
    ...keys,
    ...proxies.filter(Boolean),
    ...(routerSecret === null ? [] : [routerSecret]),
    ...(database.engine === 'postgres' && database.password !== null ? [database.password] : []),
    ...(config.tracing?.secrets ?? []),
    ...(encryptionKeys ?? []).map((key) => key.toString('base64')),
  ];
  return createLogger({ level: logLevel, secrets, pretty: process.stdout.isTTY });
}

/**
 * Puts the parts together and listens.
 * @throws {StartupProblem} where whoever starts it has to do something: a taken port, an unwritable database
 */
export async function startServer(config: Config, logger = loggerOf(config)): Promise<Server> {
  const opened = new AsyncDisposableStack();
  try {
    const metrics = config.metrics ? createMetrics() : null;
    return await takeSteps({ config, logger, metrics, opened, stopping: new AbortController() });
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** The steps of a start in their order: whoever adds a part adds its step to `steps/` and its line here. */
async function takeSteps(start: Start): Promise<Server> {
  await openMetrics(start);
  const tracing = await startTracing(start);
  const store = await openRecords(start, tracing);
  const { sandbox, sandboxed } = await startSandboxes(start, store);
  const providers = connectProviders(start, sandbox, tracing);
  const { services, effects, writes } = assembleServices(start, { store, sandbox, providers });
  const { graph, trustedDocuments } = await startGraph(start, tracing);
  recoverLeftovers(start, effects, services);
  const web = await openWeb(start, { tracing, store, services, graph, trustedDocuments, sandboxed });
  announce(start, { ...web, sandboxed, trustedDocuments });
  return {
    url: `${web.origin}/graphql`,
    stop: () => stop(start, { app: web.app, providers, writes }),
  };
}
