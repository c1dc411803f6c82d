import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the store tells. */
export interface StoreMetrics {
  transaction(durationMs: number, isDone: boolean): void;
  outage(isOut: boolean): void;
}

const BUCKETS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** How fast the store takes writes, and whether it does. */
export function storeMetrics(registry: Registry): StoreMetrics {
  const registers = [registry];
  const transactions = new Histogram({
    name: 'onboarding_store_transaction_duration_seconds',
    help: 'How long a write took until it was durable.',
    labelNames: ['result'],
    buckets: BUCKETS_S,
    registers,
  });
  const outages = new Counter({
    name: 'onboarding_store_outages_total',
    help: 'How often the store stopped to take writes.',
    registers,
  });
  const up = new Gauge({ name: 'onboarding_store_up', help: '1 while the store takes writes.', registers });
  up.set(1);

  return {
    transaction: (durationMs, isDone) =>
      transactions.observe({ result: isDone ? 'done' : 'failed' }, durationMs / 1_000),
    outage(isOut) {
      up.set(isOut ? 0 : 1);
      if (isOut) outages.inc();
    },
  };
}
