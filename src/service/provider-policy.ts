import type { Config } from '../config/config.ts';
import { DEFAULT_POLICY, type Policy } from '../http/policies/policy.ts';

/** A provider's policy as it is configured, for its client. */
export function policyOf(config: Config['policies'][keyof Config['policies']]): Policy {
  const { retryBudget, concurrency } = DEFAULT_POLICY;
  return {
    ...DEFAULT_POLICY,
    attemptTimeoutMs: config.timeoutMs,
    maxAttempts: config.maxAttempts,
    retryBudget: { ...retryBudget, share: config.retryBudgetPercent / 100 },
    circuit: {
      minimum: config.circuitMinimum,
      threshold: config.circuitPercent / 100,
      windowMs: config.circuitWindowMs,
      probeAfterMs: config.circuitProbeMs,
    },
    concurrency: { ...concurrency, count: config.maxConcurrency, queue: config.maxQueued },
    maxPerSecond: config.maxPerSecond,
  };
}
