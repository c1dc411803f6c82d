import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Provider, SandboxRequest } from '../support/service.ts';
import { until } from './until.ts';

/** What a provider's sandbox counted: requests by route, and what it carried out. */
export interface Counters {
  readonly requests: Readonly<Record<string, number>>;
  readonly carriedOut: Readonly<Record<string, number>>;
}

/** `status` is null until it is answered. */
export type ReceivedRequest = SandboxRequest & { readonly status: number | null };

/** The three providers, apart from the processes that die: they are the witnesses. */
export interface Sandboxes extends AsyncDisposable {
  /** The variables that point a process at them. */
  readonly env: Record<string, string>;
  counters(provider: Provider): Promise<Counters>;
  requests(provider: Provider): Promise<ReceivedRequest[]>;
  /** From now on every request of these routes is received at once, and carried out and answered later. */
  delay(provider: Provider, match: string, delayMs: number): Promise<void>;
  /** Requests that come in from now on are answered at once. */
  undelay(): Promise<void>;
  /** Done when everything that was received has been answered, even if nobody waits for it any more. */
  idle(): Promise<void>;
  /** How many sessions Increase made with this key. */
  sessionsOf(key: string): Promise<number>;
}

const PROVIDERS = ['incode', 'increase', 'relay'] as const;

export async function startSandboxes(): Promise<Sandboxes> {
  const sandbox = await startSandbox();
  const { incode, increase, relay } = sandbox;
  const origins = { incode: incode.url, increase: increase.url, relay: new URL(relay.url).origin };

  const ask = async <T>(provider: Provider, path: string, request: RequestInit = {}): Promise<T> => {
    const response = await fetch(origins[provider] + path, request);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  };
  return {
    env: {
      INCODE_BASE_URL: incode.url,
      INCODE_API_KEY: incode.apiKey,
      INCODE_CONFIGURATION_ID: incode.configurationId,
      INCREASE_BASE_URL: increase.url,
      INCREASE_API_KEY: increase.apiKey,
      RELAY_BASE_URL: relay.url,
      RELAY_API_KEY: relay.apiKey,
      RELAY_CLIENT_ID: relay.clientId,
    },
    counters: (provider) => ask(provider, '/_counters'),
    requests: (provider) => ask(provider, '/_requests'),
    async delay(provider, match, delayMs) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ match, delayMs, times: 1_000_000 });
      await ask(provider, '/_faults', { method: 'POST', headers, body });
    },
    async undelay() {
      for (const provider of PROVIDERS) {
        await ask(provider, '/_faults', { method: 'DELETE' });
      }
    },
    async idle() {
      await until(async () => {
        const all = await Promise.all(PROVIDERS.map((name) => ask<ReceivedRequest[]>(name, '/_requests')));
        return all.flat().every(({ status }) => status !== null);
      });
    },
    async sessionsOf(key) {
      const headers = { authorization: `Bearer ${increase.apiKey}` };
      const query = new URLSearchParams({ idempotency_key: key }).toString();
      const { data } = await ask<{ data: unknown[] }>('increase', `/entity_onboarding_sessions?${query}`, {
        headers,
      });
      return data.length;
    },
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
}
