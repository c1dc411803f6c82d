import { incodeSandbox } from './incode/incode-sandbox.ts';
import { increaseSandbox } from './increase/increase-sandbox.ts';
import { type ProviderSandbox, type ProviderServer, startProviderServer } from './provider-server.ts';
import { relayBasePath, relaySandbox } from './relay/relay-sandbox.ts';
import { sandboxIncode, sandboxIncrease, sandboxRelay } from './seeds.ts';
import { notSaved, openStateFile, type SavedState } from './state-file.ts';

export type SandboxProvider = 'INCODE' | 'INCREASE' | 'RELAY';

export interface SandboxOptions {
  /** Which providers are wanted; all three when left out. */
  readonly providers?: readonly SandboxProvider[] | undefined;
  /** Where each listens; 0, which is the default, is any free port. */
  readonly ports?:
    | { readonly incode?: number; readonly increase?: number; readonly relay?: number }
    | undefined;
  /** Keeps what is created across restarts; the seeds are new at each start, but for their dates. */
  readonly stateFile?: string | undefined;
}

export interface Sandbox {
  readonly incode?: { readonly url: string; readonly apiKey: string; readonly configurationId: string };
  readonly increase?: { readonly url: string; readonly apiKey: string };
  readonly relay?: { readonly url: string; readonly apiKey: string; readonly clientId: string };
  /** Ends all servers, at once: whatever is under way is cut off. */
  stop(): Promise<void>;
}

export type WholeSandbox = Required<Sandbox>;

/**
 * Starts the providers' sandboxes on loopback: real HTTP servers that behave as the providers do. Rejects with Node's
 * error, and leaves nothing running, when a port is taken.
 */
export async function startSandbox(
  options?: SandboxOptions & { readonly providers?: undefined },
): Promise<WholeSandbox>;
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
export async function startSandbox({
  providers,
  ports = {},
  stateFile,
}: SandboxOptions = {}): Promise<Sandbox> {
  const savedFor = stateFile === undefined ? () => notSaved : openStateFile(stateFile);

  const start = async (name: SandboxProvider, make: (saved: SavedState) => ProviderSandbox, port = 0) =>
    providers === undefined || providers.includes(name)
      ? startProviderServer(make(savedFor(name.toLowerCase())), port)
      : undefined;

  const starting = [
    start('INCODE', incodeSandbox, ports.incode),
    start('INCREASE', increaseSandbox, ports.increase),
    start('RELAY', relaySandbox, ports.relay),
  ] as const;
  const [incode, increase, relay] = await allOrNone(starting);

  return {
    ...(incode && {
      incode: {
        url: incode.origin,
        apiKey: sandboxIncode.apiKey,
        configurationId: sandboxIncode.configurationId,
      },
    }),
    ...(increase && { increase: { url: increase.origin, apiKey: sandboxIncrease.apiKey } }),
    ...(relay && {
      relay: {
        url: `${relay.origin}${relayBasePath}`,
        apiKey: sandboxRelay.apiKey,
        clientId: sandboxRelay.clientId,
      },
    }),
    async stop() {
      await Promise.all([incode, increase, relay].map(async (server) => server?.stop()));
    },
  };
}

type Starting = Promise<ProviderServer | undefined>;

/** Waits for all of them; where one fails, stops the others and rejects with its error. */
async function allOrNone(starting: readonly [Starting, Starting, Starting]) {
  const settled = await Promise.allSettled(starting);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed === undefined) return Promise.all(starting);
  await Promise.all(settled.map(async (one) => (one.status === 'fulfilled' ? one.value?.stop() : undefined)));
  throw failed.reason;
}
