import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

import type { Load } from '../http/calls.ts';
import type { CallReport, HttpObserver } from '../http/observer.ts';
import type { CircuitState } from '../http/policies/circuit.ts';
import type { Condition } from '../http/policies/health.ts';
import type { Drift } from '../providers/drift.ts';
import type { Provider } from '../onboarding/provider.ts';

/** Of a provider's answers: from a proxy near by to the longest that is waited for. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is asked of a provider at the moment of a scrape. */
export interface ProviderProbe {
  load(): Load;
  condition(): Condition;
}

/** What one provider's client and reading tell. */
export interface ProviderMetrics extends HttpObserver {
  /** A read was answered by one that was under way already. */
  deduplicated(route: string): void;
  /** Something in an answer was not as it is documented. */
  drifted(route: string, what: Drift): void;
  /** Whom to ask how it is. */
  watch(probe: ProviderProbe): void;
}

const CIRCUIT_VALUES: Readonly<Record<CircuitState, number>> = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 };
const CONDITION_VALUES: Readonly<Record<Condition['state'], number>> = {
  AVAILABLE: 0,
  DEGRADED: 1,
  THROTTLED: 2,
  UNAVAILABLE: 3,
};

/** The metrics of all providers, and those of one of them. Labels hold the provider, a route's template and words of ours. */
export function providerMetrics(registry: Registry): (provider: Provider) => ProviderMetrics {
  const registers = [registry];
  const byRoute = ['provider', 'route'] as const;
  const counter = <Name extends string>(name: string, help: string, labelNames: readonly Name[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const requests = counter(
    'onboarding_provider_requests_total',
    'Calls to a provider, each with all of its attempts, by how they ended.',
    [...byRoute, 'outcome'],
  );
  const durations = new Histogram({
    name: 'onboarding_provider_request_duration_seconds',
    help: 'How long a call to a provider took, with all of its attempts.',
    labelNames: [...byRoute],
    buckets: BUCKETS_S,
    registers,
  });
  const attempts = counter(
    'onboarding_provider_attempts_total',
    'Requests that went out to a provider, by their status or why there is none.',
    [...byRoute, 'result'],
  );
  const retries = counter('onboarding_provider_retries_total', 'Attempts after the first.', byRoute);
  const spent = counter(
    'onboarding_provider_retry_budget_spent_total',
    'How often retries had used up what they may.',
    ['provider'],
  );
  const throttles = counter(
    'onboarding_provider_throttles_total',
    'How often a provider asked to be left alone.',
    ['provider'],
  );
  const deduplicated = counter(
    'onboarding_provider_deduplicated_total',
    'Reads that were answered by one under way.',
    byRoute,
  );
  const drift = counter(
    'onboarding_provider_drift_total',
    'What in an answer was not as it is documented: the first sign that an API changes.',
    [...byRoute, 'what'],
  );
  const circuits = new Gauge({
    name: 'onboarding_provider_circuit_state',
    help: 'A circuit breaker: 0 closed, 1 half-open, 2 open. The route * is the provider as a whole.',
    labelNames: [...byRoute],
    registers,
  });
  const probes = new Map<Provider, ProviderProbe>();
  const gauge = (name: string, help: string, value: (probe: ProviderProbe) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['provider'],
      registers,
      collect() {
        for (const [provider, probe] of probes) this.set({ provider }, value(probe));
      },
    });
  gauge('onboarding_provider_in_flight', 'Requests under way.', (probe) => probe.load().inFlight);
  gauge('onboarding_provider_queued', 'Requests that wait for a slot.', (probe) => probe.load().queued);
  gauge(
    'onboarding_provider_state',
    'How a provider is: 0 available, 1 degraded, 2 throttled, 3 unavailable.',
    (probe) => CONDITION_VALUES[probe.condition().state],
  );

  return (provider) => ({
    attempt: ({ route, result }) => attempts.inc({ provider, route, result: String(result) }),
    call(report) {
      const { route, durationMs } = report;
      requests.inc({ provider, route, outcome: outcomeOf(report) });
      durations.observe({ provider, route }, durationMs / 1_000);
    },
    retry: (route) => retries.inc({ provider, route }),
    budgetSpent: () => spent.inc({ provider }),
    throttled: () => throttles.inc({ provider }),
    circuit: (route, state) => circuits.set({ provider, route: route ?? '*' }, CIRCUIT_VALUES[state]),
    deduplicated: (route) => deduplicated.inc({ provider, route }),
    drifted: (route, what) => drift.inc({ provider, route, what }),
    watch: (probe) => void probes.set(provider, probe),
  });
}

function outcomeOf({ result }: CallReport): string {
  if (typeof result === 'string') return result.toLowerCase();
  if (result === 429) return 'throttled';
  if (result >= 500) return 'failed';
  return result >= 400 ? 'refused' : 'answered';
}
