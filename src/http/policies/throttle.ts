interface ThrottleOptions {
  /** Where the other side does not say for how long. */
  readonly defaultMs: number;
  readonly now?: () => number;
  /** Told when it begins, and when it is made longer by more than it had left: not for each answer. */
  readonly onChange?: (forMs: number) => void;
}

/** Remembers that the other side asked to be left alone, and for how long: until then it is not asked. */
export class Throttle {
  readonly #options: ThrottleOptions;
  readonly #now: () => number;
  #until = 0;

  constructor(options: ThrottleOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The milliseconds that are left; 0 when it may be asked. */
  get leftMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  /** @param seconds as the other side said; null where it did not */
  begin(seconds: number | null): void {
    const forMs = seconds === null ? this.#options.defaultMs : seconds * 1_000;
    const wasLeftMs = this.leftMs;
    this.#until = Math.max(this.#until, this.#now() + forMs);
    if (wasLeftMs === 0) this.#options.onChange?.(forMs);
  }
}
