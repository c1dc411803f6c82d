import { z } from 'zod';

import { group, told, type Environment } from './group.ts';
import { httpUrl } from './kinds.ts';

/** Where requests to providers leave through. A proxy's URL may hold a password. */
export interface ProxyConfig {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

export interface ProxiesConfig {
  /** Null: directly. */
  readonly proxy: ProxyConfig | null;
}

const lowerCase = z.object({ https_proxy: httpUrl.optional(), http_proxy: httpUrl.optional() });

export const proxiesGroup = group({
  about: 'what the providers are reached through; lower case (https_proxy) is read as well, and counts more',
  variables: {
    HTTPS_PROXY: httpUrl.optional().register(told, {
      meaning: 'the proxy that tunnels to providers at https (`http://user:password@proxy.example.com:3128`)',
      otherwise: 'directly',
    }),
    HTTP_PROXY: httpUrl.optional().register(told, {
      meaning: 'the same for providers at http; this machine is never reached through a proxy',
      otherwise: 'directly',
    }),
    NO_PROXY: z.string().optional().register(told, {
      meaning: 'hosts that are reached directly, separated by commas: `.example.com`, `*`',
    }),
  },
  problems: (given) =>
    lowerCase.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}.`) ??
    [],
  config: (_env, _isProduction, given): ProxiesConfig => {
    const [httpsProxy, httpProxy, noProxy] = ['https_proxy', 'http_proxy', 'no_proxy'].map((name) =>
      valueOf(given, name),
    );
    if (httpsProxy === undefined && httpProxy === undefined) return { proxy: null };
    return {
      proxy: {
        ...(httpsProxy !== undefined && { httpsProxy }),
        ...(httpProxy !== undefined && { httpProxy }),
        ...(noProxy !== undefined && { noProxy }),
      },
    };
  },
});

function valueOf(given: Environment, name: string): string | undefined {
  return given[name] ?? given[name.toUpperCase()];
}
