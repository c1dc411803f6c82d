import { Pool, type buildConnector, type EnvHttpProxyAgent } from 'undici';

import { passingOverContinue } from './connector.ts';

/** Where requests leave through, as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/**
 * What undici's agent for proxies needs, so that a request is sent through one as it is without: a tunnel to the provider (CONNECT)
 * comes first, and not a byte of the request is written before it stands.
 */
export function tunnels(
  { httpProxy = '', httpsProxy = '', noProxy = '' }: ProxySettings,
  connectTimeoutMs: number,
): EnvHttpProxyAgent.Options {
  return {
    // Empty where there is none, or undici would look into the environment.
    httpProxy,
    httpsProxy,
    noProxy,
    proxyTunnel: true, // to http as well: a proxy that repeats requests by itself must not know what it carries
    connectTimeout: connectTimeoutMs,
    requestTls: { allowH2: false },
    clientFactory: (proxy, options) => new Pool(proxy, { ...options, headersTimeout: connectTimeoutMs }), // for its answer to CONNECT
    factory: (origin, options) => new Pool(origin, overTunnel(options)),
  };
}

/** undici opens the tunnel where it is to connect, with a connector of its own instead of ours. */
function overTunnel({ connect, ...options }: Pool.Options): Pool.Options {
  return { ...options, connect: passingOverContinue(connect as buildConnector.connector) };
}
