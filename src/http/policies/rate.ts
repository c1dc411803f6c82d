interface RateOptions {
  /** Null: as many as come. */
  readonly perSecond: number | null;
  readonly now?: () => number;
}

/** Keeps within what was agreed with the other side: a bucket that holds a second's worth of requests. */
export class Rate {
  readonly #perSecond: number | null;
  readonly #now: () => number;
  #left: number;
  #at: number;

  constructor({ perSecond, now = () => performance.now() }: RateOptions) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#left = perSecond ?? 0;
    this.#at = now();
  }

  /** Takes one request out of the bucket; else the milliseconds until there is one. */
  take(): number {
    const perSecond = this.#perSecond;
    if (perSecond === null) return 0;
    const now = this.#now();
    this.#left = Math.min(perSecond, this.#left + ((now - this.#at) * perSecond) / 1_000);
    this.#at = now;
    if (this.#left < 1) return ((1 - this.#left) * 1_000) / perSecond;
    this.#left--;
    return 0;
  }
}
