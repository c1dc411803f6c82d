import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';

import { connector } from './connector.ts';
import { tunnels, type ProxySettings } from './tunnels.ts';

interface ConnectionsOptions {
  /** At the most. */
  readonly count: number;
  /** For a connection to be had. */
  readonly connectTimeoutMs: number;
  readonly proxy: ProxySettings | null;
  /** After so long a connection is replaced, and the name looked up again. */
  readonly renewedAfterMs?: number;
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
/** Long enough to be of use, short enough that a provider that moves is found. */
const RENEWED_AFTER_MS = 60_000;

/**
 * What is sent on a connection that the other side has just closed is lost, and nobody knows whether it was carried out:
 * the commonest doubt of all, and one that does not arise on a connection that was used a moment ago.
 */
export function connectionsTo(
  origin: string,
  { count, connectTimeoutMs, proxy, renewedAfterMs = RENEWED_AFTER_MS }: ConnectionsOptions,
): Connections {
  const options = {
    connections: count,
    allowH2: false, // as the connector says
    clientTtl: renewedAfterMs,
    connect: connector(connectTimeoutMs),
  };
  // Without one for https, undici would take the one for http.
  const isProxied = origin.startsWith('https:') ? proxy?.httpsProxy : proxy?.httpProxy;
  const dispatcher = (special: Pool.Options) =>
    proxy && isProxied
      ? new EnvHttpProxyAgent({ ...options, ...special, ...tunnels(proxy, connectTimeoutMs) })
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
