interface RetryBudgetOptions {
  /** So many retries a second are always allowed. */
  readonly floorPerSecond: number;
  /** Beyond that, this share of the requests that come in, 0 to 1. */
  readonly share: number;
  readonly now?: () => number;
  /** Told once when it is spent, until a second passes in which it was not. */
  readonly onSpent?: () => void;
}

const SECOND_MS = 1_000;

/** Keeps retries from becoming a load of their own: where everything fails, only one request in ten is tried again. */
export class RetryBudget {
  readonly #options: RetryBudgetOptions;
  readonly #now: () => number;
  #second = 0;
  #calls = 0;
  #retries = 0;
  #isSpent = false;
  #wasSpent = false;

  constructor(options: RetryBudgetOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** A request came in. */
  count(): void {
    this.#turn();
    this.#calls++;
  }

  /** Takes one retry out of the budget; false when there is none left. */
  take(): boolean {
    this.#turn();
    const { floorPerSecond, share, onSpent } = this.#options;
    const allowed = Math.max(floorPerSecond, share * this.#calls);
    if (this.#retries < allowed) {
      this.#retries++;
      return true;
    }
    if (!this.#isSpent && !this.#wasSpent) onSpent?.();
    this.#isSpent = true;
    return false;
  }

  #turn(): void {
    const second = Math.floor(this.#now() / SECOND_MS);
    if (second === this.#second) return;
    this.#wasSpent = this.#isSpent && second === this.#second + 1;
    this.#second = second;
    this.#calls = 0;
    this.#retries = 0;
    this.#isSpent = false;
  }
}
