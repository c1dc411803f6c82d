import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { announce } from './announce.ts';
import type { Config } from '../config/config.ts';
import { demoRecords } from './demo.ts';
import { effectLog } from './effect-log.ts';
import { databaseOf } from '../formats/database-url.ts';
import { contextOf } from '../graphql/context.ts';
import { subgraphSchema } from '../graphql/schema.ts';
import { graphServer } from '../graphql/server.ts';
import { servicesOf } from '../graphql/services.ts';
import { createLogger } from '../log/logger.ts';
import { effectsOf } from '../onboarding/effects.ts';
import { inFlight } from '../onboarding/in-flight.ts';
import type { Provider } from '../onboarding/provider.ts';
import { providerPorts } from '../providers/providers.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { dataFolderOf } from '../store/engines/data-folder.ts';
import { listen, openedStore, trustedDocumentsIn, usingDatabase } from './startup.ts';
import { keepRecovering } from './recovery.ts';
import type { Access } from '../web/access/caller-of.ts';
import { tokenVerifier } from '../web/access/token-verifier.ts';
import { webApp } from '../web/app.ts';
import { isInstalled } from '../web/playground/assets.ts';
import { currentRequestId } from '../web/request-id.ts';

const DRAIN_MS = 10_000;
const LAST_WORDS_MS = 1_000;

export interface Server {
  /** Of the graph, for example `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  /** Takes no new work, finishes what is in flight (10 s at most) and lets everything go. */
  stop(): Promise<void>;
}

/** The logger of a process with this configuration. */
export function loggerOf({ logLevel, databaseUrl, ...config }: Config): Logger {
  const { incode, increase, relay, encryptionKeys, routerSecret } = config;
  const keys = [incode, increase, relay].flatMap((provider) => (provider ? [provider.apiKey] : []));
  const database = databaseOf(databaseUrl);
  const secrets = [
    ...keys,
    ...(routerSecret === null ? [] : [routerSecret]),
    ...(database.engine === 'postgres' && database.password !== null ? [database.password] : []),
    ...(encryptionKeys ?? []).map((key) => key.toString('base64')),
  ];
  return createLogger({ level: logLevel, secrets, pretty: process.stdout.isTTY });
}

/**
 * Puts the parts together and listens.
 * @throws {StartupProblem} where whoever starts it has to do something: a taken port, an unwritable database
 */
export async function startServer(config: Config, logger = loggerOf(config)): Promise<Server> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  try {
    return await start(config, logger, cleanUp);
  } catch (error) {
    for (const close of cleanUp.toReversed()) await close();
    throw error;
  }
}

async function start(config: Config, logger: Logger, cleanUp: (() => Promise<unknown>)[]): Promise<Server> {
  const folder = dataFolderOf(config.databaseUrl);
  const store = await openedStore({ ...config, onOutage: outageLog(logger) });
  cleanUp.push(() => store.close());

  const sandboxed = (['INCODE', 'INCREASE', 'RELAY'] as const).filter(
    (provider) => config[PROVIDER_KEYS[provider]] === null,
  );
  const sandbox = await startSandbox({
    providers: sandboxed,
    ...(folder !== null && { stateFile: `${folder}/sandbox.json` }),
  });
  cleanUp.push(() => sandbox.stop());
  const seeds = demoRecords({ incode: sandboxed.includes('INCODE'), relay: sandboxed.includes('RELAY') });
  await usingDatabase(config.databaseUrl, () => store.renewDemo(seeds));

  const providers = providerPorts({
    ...endpointsOf(config, sandbox),
    timeoutMs: config.providerTimeoutMs,
    isProduction: config.isProduction,
    onAttempt: (provider, { durationMs, ...report }) =>
      logger.debug({ provider, ...report, durationMs: Math.round(durationMs) }, 'Provider answered'),
  });
  cleanUp.push(() => providers.close());

  const writes = inFlight();
  const effects = effectsOf(store.effectStore, effectLog(logger));
  const services = servicesOf({
    ...providers,
    ...store,
    effects,
    inFlight: writes,
    configurationId: config.incode ? config.incode.configurationId : sandbox.incode?.configurationId,
    clientId: config.relay ? config.relay.clientId : sandbox.relay?.clientId,
    cursorKeys: store.derivedKeys('cursors'),
  });
  const schema = subgraphSchema();
  const trustedDocuments =
    config.trustedDocuments === null
      ? null
      : trustedDocumentsIn(config.trustedDocuments, schema, config.maxCost);
  const graph = graphServer({
    schema,
    introspection: config.introspection,
    suggestions: config.introspection && !config.isProduction,
    maxCost: config.maxCost,
    logger,
    requestId: currentRequestId,
  });
  await graph.start();
  cleanUp.push(() => graph.stop());

  cleanUp.push(keepRecovering(effects, services.operations, logger));

  const hasPlayground = config.playground && isInstalled();
  let isDraining = false;
  const access = accessOf(config, logger, cleanUp);
  const app = await webApp({
    graph,
    context: (operation) => contextOf(services, operation),
    logger,
    operationTimeoutMs: config.operationTimeoutMs,
    playground: hasPlayground,
    sandboxed,
    corsOrigins: config.corsOrigins,
    trustedDocuments,
    access,
    routerSecret: config.routerSecret,
    loopbackOnly: config.access === 'LOOPBACK',
    isReady: async () =>
      !isDraining && (typeof access === 'string' || access.isReady()) && (await store.isReady()),
  });
  cleanUp.push(() => app.close());
  const origin = await listen(app, config);
  announce(logger, { origin, config, sandboxed, hasPlayground, trustedDocuments });

  return {
    url: `${origin}/graphql`,
    async stop() {
      isDraining = true;
      await withinTime(drain(app, writes.ended), DRAIN_MS);
      app.server.closeAllConnections();
      // What a provider has not answered is of unknown outcome, and that is still to be stored.
      await providers.close();
      await withinTime(writes.ended(), LAST_WORDS_MS);
      for (const close of cleanUp.toReversed()) await close();
    },
  };
}

function outageLog(logger: Logger): (cause: unknown) => void {
  return (err) => {
    if (err === null) logger.info('The store takes writes again');
    else
      logger.error(
        { err },
        'The store takes no writes: mutations are refused, and this process is not ready',
      );
  };
}

async function drain(app: FastifyInstance, writesEnded: () => Promise<void>): Promise<void> {
  await app.close();
  await writesEnded();
}

async function withinTime(work: Promise<void>, ms: number): Promise<void> {
  await Promise.race([work, delay(ms, undefined, { ref: false })]);
}

const PROVIDER_KEYS = { INCODE: 'incode', INCREASE: 'increase', RELAY: 'relay' } as const satisfies Record<
  Provider,
  keyof Config
>;

function accessOf({ access }: Config, logger: Logger, cleanUp: (() => Promise<unknown>)[]): Access {
  if (access === 'NONE') return 'EVERYBODY';
  if (access === 'LOOPBACK') return access;
  const verifier = tokenVerifier(access, logger);
  cleanUp.push(() => Promise.resolve(verifier.close()));
  return verifier;
}

function endpointsOf(config: Config, sandbox: Sandbox) {
  const endpoint = (key: 'incode' | 'increase' | 'relay') => {
    const { [key]: configured } = config;
    if (configured) return configured;
    const { url, apiKey } = sandbox[key] ?? { url: '', apiKey: '' };
    return { baseUrl: url, apiKey };
  };
  return { incode: endpoint('incode'), increase: endpoint('increase'), relay: endpoint('relay') };
}
