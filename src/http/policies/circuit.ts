import { Evidence, type Verdict } from './evidence.ts';

export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

export interface CircuitOptions {
  /** After so long one call is let through, to see. */
  readonly probeAfterMs: number;
  readonly windowMs: number;
  readonly minimum: number;
  readonly threshold: number;
  readonly now?: () => number;
  readonly onChange?: (state: CircuitState) => void;
}

/** A call that was let through; it says how it ended, once. */
export interface Passage {
  end(verdict: Verdict, subject?: unknown): void;
}

/**
 * A circuit breaker: open, it refuses at once, and lets one call through from time to time, whose success closes it.
 * cockatiel's counts attempts without knowing of what, keeps callers waiting for a probe, and takes a probe that was
 * cancelled for a success.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  readonly #now: () => number;
  readonly #evidence: Evidence;
  #state: CircuitState = 'CLOSED';
  #probeAt = 0;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#evidence = new Evidence({ ...options, now: this.#now });
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** For how long it certainly refuses, in milliseconds. */
  get refusesForMs(): number {
    return this.#state === 'OPEN' ? Math.max(0, this.#probeAt - this.#now()) : 0;
  }

  /** Lets a call through, or null. */
  enter(): Passage | null {
    if (this.#state === 'CLOSED') return this.#witness;
    if (this.#state === 'HALF_OPEN' || this.#now() < this.#probeAt) return null;
    this.#become('HALF_OPEN');
    return { end: (verdict) => this.#judge(verdict) };
  }

  /** Opens it for a reason that lies outside of its own calls. */
  open(): void {
    this.#probeAt = this.#now() + this.#options.probeAfterMs;
    this.#evidence.clear();
    this.#become('OPEN');
  }

  readonly #witness: Passage = {
    end: (verdict, subject) => {
      if (verdict === 'NONE') return;
      this.#evidence.record(verdict === 'BAD', subject);
      if (this.#state === 'CLOSED' && verdict === 'BAD' && this.#evidence.isDamning()) this.open();
    },
  };

  #judge(verdict: Verdict): void {
    if (this.#state !== 'HALF_OPEN') return;
    if (verdict === 'BAD') return this.open();
    this.#evidence.clear();
    if (verdict === 'NONE') this.#become('OPEN'); // the next one is let through at once
    else this.#become('CLOSED');
  }

  #become(state: CircuitState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onChange?.(state);
  }
}
