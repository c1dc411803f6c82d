import type { Config } from '../config/config.ts';
import { databaseOf } from '../formats/database-url.ts';
import { providerName, type Provider } from '../onboarding/provider.ts';
import type { Start } from './steps/start.ts';

interface Started {
  readonly origin: string;
  readonly sandboxed: readonly Provider[];
  readonly hasPlayground: boolean;
  readonly trustedDocuments: { readonly size: number } | null;
}

/** What whoever started it wants to know. */
export function announce(
  { config, logger }: Start,
  { origin, sandboxed, hasPlayground, trustedDocuments }: Started,
): void {
  logger.info(`The graph is at ${origin}/graphql`);
  if (hasPlayground && config.routerSecret !== null) {
    logger.warn(
      `The playground at ${origin}/graphiql needs ROUTER_SECRET in the header x-router-secret, which a browser sends only through a proxy or an extension that adds it`,
    );
  } else if (hasPlayground) logger.info(`The playground is at ${origin}/graphiql`);
  else if (config.playground) {
    logger.warn('There is no playground: its package is optional, and was left out by --omit=optional');
  }
  if (trustedDocuments) {
    logger.info(`Only the ${trustedDocuments.size} operations of TRUSTED_DOCUMENTS are answered`);
  }
  if (sandboxed.length > 0) {
    const names = new Intl.ListFormat('en').format(sandboxed.map((provider) => providerName[provider]));
    logger.info(`No API key for ${names}: served by the built-in sandbox, nothing leaves this machine`);
  }
  if (config.access === 'LOOPBACK') {
    logger.warn(
      'No AUTH_JWKS_URL: the graph is open to whoever is on this machine, and to nobody else. AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE ask for access tokens; AUTH=none opens it to everybody',
    );
  }
  if (config.access === 'NONE') {
    logger.warn('AUTH=none: the graph is open to whoever can reach it');
  }
  for (const host of config.isProduction ? testHosts(config) : []) {
    logger.warn(
      `In production, ${host} is a provider's host for tests. Set its …_BASE_URL to the one for production`,
    );
  }
  logger.info(whereDataIsKept(config.databaseUrl));
}

const TEST_HOSTS = new Set(['sandbox.increase.com', 'demo-api.incodesmile.com', 'api.relaystaging.com']);

function testHosts({ incode, increase, relay }: Config): string[] {
  const hosts = [incode, increase, relay].flatMap((provider) =>
    provider ? [new URL(provider.baseUrl).hostname] : [],
  );
  return hosts.filter((host) => TEST_HOSTS.has(host));
}

/** Without the credentials that the URL of a database server holds. */
function whereDataIsKept(databaseUrl: string): string {
  const database = databaseOf(databaseUrl);
  if (database.engine === 'postgres') return `Data is kept in PostgreSQL at ${database.place}`;
  return database.file === null
    ? 'Data is kept in memory, and lost at the end'
    : `Data is kept in ${database.file}`;
}
