import { Gauge, type Registry } from 'prom-client';

import type { EffectCensus, EffectState } from '../onboarding/effect.ts';

const STATES: readonly EffectState[] = ['PENDING', 'SUCCEEDED', 'REFUSED', 'UNKNOWN'];

/** A count goes over a month of mutations: it is not made for each of several scrapers. */
const KEPT_MS = 15_000;

/** @param census rejects while the store is out of reach: then what was known last stays */
export function effectMetrics(registry: Registry, census: () => Promise<EffectCensus>): void {
  let countedAt = -Infinity;
  let underWay: Promise<void> | undefined;

  async function count(): Promise<void> {
    const { byState, oldestInDoubtSeconds } = await census();
    countedAt = performance.now();
    for (const state of STATES) states.set({ state }, byState[state] ?? 0);
    oldest.set(oldestInDoubtSeconds ?? 0);
  }

  const counted = (): Promise<void> => {
    if (performance.now() - countedAt < KEPT_MS) return Promise.resolve();
    underWay ??= count()
      .catch(() => undefined)
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };

  const states = new Gauge({
    name: 'onboarding_effects',
    help: 'What is recorded of mutations, by where it stands. UNKNOWN: nobody knows what became of it.',
    labelNames: ['state'],
    registers: [registry],
    collect: counted,
  });
  const oldest = new Gauge({
    name: 'onboarding_effect_oldest_in_doubt_seconds',
    help: 'The age of the oldest mutation of which nobody knows what became of it; 0 where there is none.',
    registers: [registry],
    collect: counted,
  });
}
