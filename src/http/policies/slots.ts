interface SlotsOptions {
  /** So many at the same time. */
  readonly count: number;
  /** So many may wait for one, */
  readonly queue: number;
  /** and each for so long, in milliseconds; null: as long as it takes. */
  readonly waitMs: number | null;
}

/** Told that its turn has come, or, with false, that it will not. */
type Waiting = (isIn: boolean) => void;

/**
 * A bulkhead: so many requests at the same time, so that one side that hangs does not take everything from the others.
 * cockatiel's keeps who waits for as long as the others take, also when the caller has gone away.
 */
export class Slots {
  readonly #options: SlotsOptions;
  readonly #waiting = new Set<Waiting>();
  #taken = 0;

  constructor(options: SlotsOptions) {
    this.#options = options;
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes a slot; false where there is none in time. Who got one gives it back with `release`. */
  take(signal: AbortSignal): boolean | Promise<boolean> {
    if (this.#taken < this.#options.count) {
      this.#taken++;
      return true;
    }
    return this.#waiting.size < this.#options.queue && !signal.aborted && this.#turn(signal);
  }

  /** Gives a slot back, to whoever has waited longest. */
  release(): void {
    const [next] = this.#waiting;
    if (next) next(true);
    else this.#taken--;
  }

  #turn(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const end: Waiting = (isIn) => {
      this.#waiting.delete(end);
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      resolve(isIn);
    };
    const giveUp = () => end(false);
    const { waitMs } = this.#options;
    const timer = waitMs === null ? undefined : setTimeout(giveUp, waitMs);
    signal.addEventListener('abort', giveUp);
    this.#waiting.add(end);
    return promise;
  }
}
