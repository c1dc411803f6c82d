import { collectDefaultMetrics, Registry } from 'prom-client';

import type { EffectCensus } from '../onboarding/effect.ts';
import type { Provider } from '../onboarding/provider.ts';
import { effectMetrics } from './effect-metrics.ts';
import { operationMetrics, type OperationReport } from './operation-metrics.ts';
import { providerMetrics, type ProviderMetrics } from './provider-metrics.ts';
import { storeMetrics, type StoreMetrics } from './store-metrics.ts';

/** What the process counts and measures, each told to where it happens, in Prometheus' words. Nothing personal is in it. */
export interface Metrics {
  provider(provider: Provider): ProviderMetrics;
  operation(report: OperationReport): void;
  readonly store: StoreMetrics;
  /** Where effects are counted, at a scrape. */
  effects(census: () => Promise<EffectCensus>): void;
  /** For a scraper. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Metrics of its own, so that two services in one process (a test) do not count together. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry }); // memory, CPU, garbage, and the lag of the event loop
  return {
    provider: providerMetrics(registry),
    operation: operationMetrics(registry),
    store: storeMetrics(registry),
    effects: (census) => effectMetrics(registry, census),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
