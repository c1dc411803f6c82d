import type { Config } from '../../config/config.ts';
import { providerPorts, type Endpoint, type Providers } from '../../providers/providers.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { requestInHand } from '../../web/request-id.ts';
import { attemptLog } from '../attempt-log.ts';
import { unusableUrlLog } from '../unusable-url-log.ts';
import type { Start } from './start.ts';

/** The clients of the three providers, or of their sandboxes. Nothing is sent yet. */
export function connectProviders({ config, logger, opened }: Start, sandbox: Sandbox): Providers {
  const endpoint = endpointsOf(config, sandbox);
  const providers = providerPorts({
    incode: endpoint('incode'),
    increase: endpoint('increase'),
    relay: endpoint('relay'),
    timeoutMs: config.providerTimeoutMs,
    isProduction: config.isProduction,
    onAttempt: attemptLog(logger, requestInHand),
    onUnusableUrl: unusableUrlLog(logger),
  });
  opened.defer(() => providers.close());
  return providers;
}

function endpointsOf(config: Config, sandbox: Sandbox) {
  return (key: 'incode' | 'increase' | 'relay'): Endpoint => {
    const { [key]: configured } = config;
    if (configured) return configured;
    const { url, apiKey } = sandbox[key] ?? { url: '', apiKey: '' };
    return { baseUrl: url, apiKey };
  };
}
