import { Writable } from 'node:stream';

import { readConfig, type Config } from '../../src/config/config.ts';
import { createLogger } from '../../src/log/logger.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startServer } from '../../src/service/server.ts';
import { postOperation } from './post-operation.ts';

export interface GraphqlAnswer {
  // A test knows the shape of what it asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
  readonly errors?: {
    readonly message: string;
    readonly path?: (string | number)[];
    readonly extensions: Record<string, unknown>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export type Provider = 'incode' | 'increase' | 'relay';

export interface Service extends AsyncDisposable {
  readonly url: string;
  readonly origin: string;
  /** Posts an operation. */
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  /** Tells a provider's sandbox to misbehave. */
  fault(provider: Provider, fault: object): Promise<void>;
  /** Tells a provider's sandbox to misbehave no more. */
  heal(provider: Provider): Promise<void>;
  /** How many requests a provider got, by route. */
  requests(provider: Provider): Promise<SandboxRequest[]>;
  /** Everything that was logged. */
  log(): string;
  stop(): Promise<void>;
}

export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, unknown>;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/**
 * The whole service over real sandboxes of the three providers, with its store in memory.
 * @param between told where the sandboxes are, says what is configured otherwise for it
 */
export async function startService(
  overrides: Partial<Config> = {},
  between: (config: Config) => Promise<Partial<Config>> = async () => ({}),
): Promise<Service> {
  const sandbox = await startSandbox();
  const { incode, increase, relay } = sandbox;
  let lines = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines += chunk.toString();
      done();
    },
  });
  const standard: Config = {
    ...readConfig({ PORT: '0', DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'debug' }),
    incode: { baseUrl: incode.url, apiKey: incode.apiKey, configurationId: incode.configurationId },
    increase: { baseUrl: increase.url, apiKey: increase.apiKey },
    relay: { baseUrl: relay.url, apiKey: relay.apiKey, clientId: relay.clientId },
    ...overrides,
  };
  const config: Config = { ...standard, ...(await between(standard)) };
  const secrets = [incode.apiKey, increase.apiKey, relay.apiKey];
  const server = await startServer(config, createLogger({ level: config.logLevel, secrets, destination }));
  const origins = { incode: incode.url, increase: increase.url, relay: new URL(relay.url).origin };

  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await server.stop();
    await sandbox.stop();
  };
  return {
    url: server.url,
    origin: new URL(server.url).origin,
    query: (query, variables, headers) => postOperation(server.url, query, variables, headers),
    async fault(provider, fault) {
      const response = await fetch(`${origins[provider]}/_faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    async heal(provider) {
      await fetch(`${origins[provider]}/_faults`, { method: 'DELETE' });
    },
    async requests(provider) {
      return (await (await fetch(`${origins[provider]}/_requests`)).json()) as SandboxRequest[];
    },
    log: () => lines,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
