import { z } from 'zod';

import { group, told, type Environment } from './group.ts';
import { wholeNumber } from './kinds.ts';

/** How one provider is dealt with. Percentages from 1 to 100. */
export interface PolicyConfig {
  /** For one attempt. */
  readonly timeoutMs: number;
  /** Of one call, where it may be repeated. */
  readonly maxAttempts: number;
  readonly retryBudgetPercent: number;
  readonly maxConcurrency: number;
  readonly maxQueued: number;
  /** Null: as many as come. */
  readonly maxPerSecond: number | null;
  readonly circuitPercent: number;
  readonly circuitMinimum: number;
  readonly circuitWindowMs: number;
  readonly circuitProbeMs: number;
}

const PREFIXES = { incode: 'INCODE', increase: 'INCREASE', relay: 'RELAY' } as const;

export interface PoliciesConfig {
  readonly policies: Readonly<Record<keyof typeof PREFIXES, PolicyConfig>>;
}

const milliseconds = wholeNumber(1, 600_000);
const percent = wholeNumber(1, 100);

type KnobName = keyof typeof DEFAULTS | 'MAX_PER_SECOND';

/** By what follows the prefix: `PROVIDER_` for all of them, a provider's own for it alone. */
const knobs: Readonly<Record<KnobName, z.ZodType<number, string>>> = {
  TIMEOUT_MS: milliseconds,
  MAX_ATTEMPTS: wholeNumber(1, 10),
  RETRY_BUDGET_PERCENT: wholeNumber(0, 100),
  MAX_CONCURRENCY: wholeNumber(1, 10_000),
  MAX_QUEUED: wholeNumber(0, 10_000),
  MAX_PER_SECOND: wholeNumber(1, 100_000),
  CIRCUIT_PERCENT: percent,
  CIRCUIT_MINIMUM: wholeNumber(1, 1_000),
  CIRCUIT_WINDOW_MS: milliseconds,
  CIRCUIT_PROBE_MS: milliseconds,
};

const DEFAULTS = {
  TIMEOUT_MS: 10_000,
  MAX_ATTEMPTS: 3,
  RETRY_BUDGET_PERCENT: 10,
  MAX_CONCURRENCY: 64,
  MAX_QUEUED: 64,
  CIRCUIT_PERCENT: 50,
  CIRCUIT_MINIMUM: 10,
  CIRCUIT_WINDOW_MS: 10_000,
  CIRCUIT_PROBE_MS: 500,
};

/** Nothing that is written at Incode and Relay can be sent again: to wait for longer is cheaper than a doubt. */
const SUITED: Partial<Record<keyof typeof PREFIXES, Partial<Record<KnobName, number>>>> = {
  incode: { TIMEOUT_MS: 20_000 },
  relay: { TIMEOUT_MS: 20_000 },
};

const own = z.object(
  Object.fromEntries(
    Object.values(PREFIXES).flatMap((prefix) =>
      Object.entries(knobs).map(([name, knob]) => [`${prefix}_${name}`, knob.optional()] as const),
    ),
  ),
);

const defaulted = (name: keyof typeof DEFAULTS, meaning: string) =>
  knobs[name].default(DEFAULTS[name]).register(told, { meaning });

export const policiesGroup = group({
  about:
    'how the providers are dealt with; INCODE_…, INCREASE_… and RELAY_… instead of PROVIDER_…: that one alone',
  variables: {
    PROVIDER_TIMEOUT_MS: knobs.TIMEOUT_MS.optional().register(told, {
      meaning:
        'milliseconds that one attempt at a provider may take. [Each `PROVIDER_…`](docs/resilience.md#the-policy) can be set for one provider alone: `INCODE_TIMEOUT_MS`, `INCREASE_MAX_ATTEMPTS`, `RELAY_MAX_PER_SECOND` and so on',
      otherwise: '`10000` for Increase, `20000` for Incode and Relay',
    }),
    PROVIDER_MAX_ATTEMPTS: defaulted(
      'MAX_ATTEMPTS',
      'attempts at one call, where repeating it does no harm; 1: none is repeated',
    ),
    PROVIDER_RETRY_BUDGET_PERCENT: defaulted(
      'RETRY_BUDGET_PERCENT',
      'how many more requests go out than come in when all fail; 10 a second always may',
    ),
    PROVIDER_MAX_CONCURRENCY: defaulted('MAX_CONCURRENCY', 'requests to one provider at the same time'),
    PROVIDER_MAX_QUEUED: defaulted(
      'MAX_QUEUED',
      'how many more wait, for a second at the most, until one of those is answered',
    ),
    PROVIDER_MAX_PER_SECOND: knobs.MAX_PER_SECOND.optional().register(told, {
      meaning: 'requests to one provider in a second, as agreed with it',
      otherwise: 'as many as come',
    }),
    PROVIDER_CIRCUIT_PERCENT: defaulted(
      'CIRCUIT_PERCENT',
      'a route of a provider that fails so often is not asked, but for a probe',
    ),
    PROVIDER_CIRCUIT_MINIMUM: defaulted(
      'CIRCUIT_MINIMUM',
      'of so many calls at least, those about one object counting once',
    ),
    PROVIDER_CIRCUIT_WINDOW_MS: defaulted('CIRCUIT_WINDOW_MS', 'in so many milliseconds'),
    PROVIDER_CIRCUIT_PROBE_MS: defaulted('CIRCUIT_PROBE_MS', 'milliseconds until it is asked again, once'),
  },
  problems: (given) =>
    own.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}.`) ?? [],
  config: (_env, _isProduction, given): PoliciesConfig => ({
    policies: {
      incode: policyOf('incode', given),
      increase: policyOf('increase', given),
      relay: policyOf('relay', given),
    },
  }),
});

/** What is set for it alone, else for all, else what suits it, else what suits most. */
function policyOf(provider: keyof typeof PREFIXES, given: Environment): PolicyConfig {
  const set = (name: KnobName) => {
    const value = given[`${PREFIXES[provider]}_${name}`] ?? given[`PROVIDER_${name}`];
    return value === undefined ? SUITED[provider]?.[name] : Number(value);
  };
  const knob = (name: keyof typeof DEFAULTS) => set(name) ?? DEFAULTS[name];
  return {
    timeoutMs: knob('TIMEOUT_MS'),
    maxAttempts: knob('MAX_ATTEMPTS'),
    retryBudgetPercent: knob('RETRY_BUDGET_PERCENT'),
    maxConcurrency: knob('MAX_CONCURRENCY'),
    maxQueued: knob('MAX_QUEUED'),
    maxPerSecond: set('MAX_PER_SECOND') ?? null,
    circuitPercent: knob('CIRCUIT_PERCENT'),
    circuitMinimum: knob('CIRCUIT_MINIMUM'),
    circuitWindowMs: knob('CIRCUIT_WINDOW_MS'),
    circuitProbeMs: knob('CIRCUIT_PROBE_MS'),
  };
}
