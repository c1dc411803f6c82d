import type { Logger } from 'pino';

import type { Config } from './config.ts';
import { providerName, type Provider } from './onboarding/provider.ts';

interface Started {
  readonly origin: string;
  readonly config: Config;
  readonly sandboxed: readonly Provider[];
  readonly file: string | null;
}

/** What whoever started it wants to know. */
export function announce(logger: Logger, { origin, config, sandboxed, file }: Started): void {
  logger.info(`The graph is at ${origin}/graphql`);
  if (config.playground) logger.info(`The playground is at ${origin}/graphiql`);
  if (sandboxed.length > 0) {
    const names = new Intl.ListFormat('en').format(sandboxed.map((provider) => providerName[provider]));
    logger.info(`No API key for ${names}: served by the built-in sandbox, nothing leaves this machine`);
  }
  logger.info(file === null ? 'Data is kept in memory, and lost at the end' : `Data is kept in ${file}`);
}
