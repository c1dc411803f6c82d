import { readConfig } from '../../src/config/config.ts';
import { startService, type Provider, type Service } from '../support/service.ts';
import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts';

/** The whole service, with a faulty proxy before one provider's sandbox. */
export interface Stage extends AsyncDisposable {
  readonly service: Service;
  readonly proxy: FaultyProxy;
  /** How often the provider really carried something out. */
  carriedOut(counter: string | undefined): Promise<number>;
}

/** For one attempt at the provider, and for one operation. */
export interface Limits {
  readonly providerTimeoutMs: number;
  readonly operationTimeoutMs: number;
}

export async function setStage(
  provider: Provider,
  { providerTimeoutMs, operationTimeoutMs }: Limits,
): Promise<Stage> {
  const { policies } = readConfig({ PROVIDER_TIMEOUT_MS: String(providerTimeoutMs) });
  let origin = '';
  const started = Promise.withResolvers<FaultyProxy>();
  const service = await startService({ policies, operationTimeoutMs }, async (config) => {
    const endpoint = config[provider];
    if (!endpoint) throw new Error(`no ${provider}`);
    ({ origin } = new URL(endpoint.baseUrl));
    const proxy = await startFaultyProxy(endpoint.baseUrl);
    started.resolve(proxy);
    return { [provider]: { ...endpoint, baseUrl: proxy.url } };
  });
  const proxy = await started.promise;
  return {
    service,
    proxy,
    async carriedOut(counter = '') {
      const counters = (await (await fetch(`${origin}/_counters`)).json()) as {
        carriedOut: Record<string, number>;
      };
      return counters.carriedOut[counter] ?? 0;
    },
    async [Symbol.asyncDispose]() {
      await service.stop();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
