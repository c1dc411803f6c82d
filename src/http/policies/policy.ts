/** How one provider is dealt with. Times are in milliseconds, shares from 0 to 1. */
export interface Policy {
  /** For one attempt, from when it has a slot to the last byte of the answer. */
  readonly attemptTimeoutMs: number;
  /** Of one call, where it may be repeated. */
  readonly maxAttempts: number;
  /** The first wait is random up to this, and doubles. */
  readonly retryWithinMs: number;
  /** So many retries a second are always allowed, and beyond that this share of what comes in. */
  readonly retryBudget: { readonly floorPerSecond: number; readonly share: number };
  /** A route, or the provider as a whole, is held for broken when this share of so many calls of the window failed. */
  readonly circuit: {
    readonly minimum: number;
    readonly threshold: number;
    readonly windowMs: number;
    readonly probeAfterMs: number;
  };
  /** Requests at the same time; how many more wait for a slot, and for how long. */
  readonly concurrency: { readonly count: number; readonly queue: number; readonly waitMs: number };
  /** Requests a second; null: as many as come. */
  readonly maxPerSecond: number | null;
  /** How long it is left alone after a 429 that does not say. */
  readonly throttleMs: number;
}

export const DEFAULT_POLICY: Policy = {
  attemptTimeoutMs: 10_000,
  maxAttempts: 3,
  retryWithinMs: 100,
  retryBudget: { floorPerSecond: 10, share: 0.1 },
  // Half a second between two probes: a provider that is back is used again within a second.
  circuit: { minimum: 10, threshold: 0.5, windowMs: 10_000, probeAfterMs: 500 },
  concurrency: { count: 64, queue: 64, waitMs: 1_000 },
  maxPerSecond: null,
  throttleMs: 1_000,
};
