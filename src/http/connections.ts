import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';

import { connector } from './connector.ts';

/** Where requests leave through, as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say. Null: directly. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

interface ConnectionsOptions {
  /** At the most. */
  readonly count: number;
  /** For a connection to be had. */
  readonly connectTimeoutMs: number;
  readonly proxy: ProxySettings | null;
}

/** The connections to one provider. */
export interface Connections {
  /** For what may be sent twice. */
  readonly lasting: Dispatcher;
  /** For what may not: a connection that was in use within the last second, or a new one. */
  readonly fresh: Dispatcher;
  close(): Promise<void>;
}

/** After so long without use a connection may have been closed by the other side without our knowing. */
const FRESH_MS = 1_000;
/** Then the name is looked up again, so that a provider that moves is found. */
const RENEWED_AFTER_MS = 60_000;

/**
 * What is sent on a connection that the other side has just closed is lost, and nobody knows whether it was carried out:
 * the commonest doubt of all, and one that does not arise on a connection that was used a moment ago.
 */
export function connectionsTo(
  origin: string,
  { count, connectTimeoutMs, proxy }: ConnectionsOptions,
): Connections {
  const options = {
    connections: count,
    allowH2: false, // as the connector says
    clientTtl: RENEWED_AFTER_MS,
    connect: connector(connectTimeoutMs),
  };
  const dispatcher = (special: Pool.Options) =>
    proxy
      ? new EnvHttpProxyAgent({ ...options, ...special, ...proxy })
      : new Pool(origin, { ...options, ...special });
  const lasting = dispatcher({});
  const fresh = dispatcher({ keepAliveTimeout: FRESH_MS, keepAliveMaxTimeout: FRESH_MS });
  return {
    lasting,
    fresh,
    async close() {
      await Promise.all([lasting.destroy(), fresh.destroy()]);
    },
  };
}
