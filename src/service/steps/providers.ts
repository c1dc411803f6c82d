import type { Config } from '../../config/config.ts';
import { isLoopback } from '../../formats/loopback.ts';
import type { AttemptReport } from '../../http/observer.ts';
import { providerPorts, type Endpoint, type Providers } from '../../providers/providers.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { requestInHand } from '../../web/request-id.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import { attemptLog } from '../attempt-log.ts';
import { healthLog } from '../health-log.ts';
import { observers } from '../observers.ts';
import { policyOf } from '../provider-policy.ts';
import { unusableUrlLog } from '../unusable-url-log.ts';
import type { Start } from './start.ts';

/** The clients of the three providers, or of their sandboxes. Nothing is sent yet. */
export function connectProviders(
  { config, logger, metrics, opened }: Start,
  sandbox: Sandbox,
  tracing: Tracing | null,
): Providers {
  const endpoint = endpointsOf(config, sandbox);
  const logAttempt = attemptLog(logger, requestInHand);
  const logHealth = healthLog(logger, requestInHand);
  const providers = providerPorts({
    incode: endpoint('incode'),
    increase: endpoint('increase'),
    relay: endpoint('relay'),
    isProduction: config.isProduction,
    observer(provider) {
      const log = {
        ...logHealth(provider),
        attempt: (report: AttemptReport) => logAttempt(provider, report),
      };
      const measured = metrics?.provider(provider);
      return {
        ...(measured ? { ...observers(log, measured), drifted: measured.drifted } : log),
        ...(tracing && { departure: tracing.attempt }),
      };
    },
    onProbe: (provider, probe) => metrics?.provider(provider).watch(probe),
    onUnusableUrl: unusableUrlLog(logger),
  });
  opened.defer(() => providers.close());
  return providers;
}

function endpointsOf(config: Config, sandbox: Sandbox) {
  return (key: 'incode' | 'increase' | 'relay'): Endpoint => {
    const { url, apiKey: sandboxKey } = sandbox[key] ?? { url: '', apiKey: '' };
    const { baseUrl, apiKey } = config[key] ?? { baseUrl: url, apiKey: sandboxKey };
    // A proxy's own machine is another: a sandbox on this one is not to be found through it.
    const proxy = isLoopback(new URL(baseUrl).hostname) ? null : config.proxy;
    return { baseUrl, apiKey, policy: policyOf(config.policies[key]), proxy };
  };
}
