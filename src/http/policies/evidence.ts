/** How a call ended, as far as the health of the other side is concerned. `NONE`: it says nothing, the caller went away. */
export type Verdict = 'GOOD' | 'BAD' | 'NONE';

interface EvidenceOptions {
  /** For how long a call speaks. */
  readonly windowMs: number;
  /** So many subjects at least; fewer say nothing. */
  readonly minimum: number;
  /** The share of them that must have failed, 0 to 1. */
  readonly threshold: number;
  /** Milliseconds on a clock that does not jump. */
  readonly now: () => number;
}

/** More subjects than this tell nothing new. */
const MAX_SUBJECTS = 1_000;

interface Witness {
  readonly isBad: boolean;
  readonly at: number;
}

/**
 * What the calls of the last seconds say. Each *subject*, an object at the other side, has one voice, that of its last call:
 * one object that always fails says nothing of the others, however often it is asked for.
 */
export class Evidence {
  readonly #options: EvidenceOptions;
  /** Oldest first. */
  readonly #witnesses = new Map<unknown, Witness>();
  #bad = 0;

  constructor(options: EvidenceOptions) {
    this.#options = options;
  }

  /** @param subject the object that was asked for; undefined where the call was about none, and has a voice of its own */
  record(isBad: boolean, subject: unknown = Symbol('a call')): void {
    const at = this.#options.now();
    this.#forget(subject);
    this.#witnesses.set(subject, { isBad, at });
    if (isBad) this.#bad++;
    for (const [oldest, witness] of this.#witnesses) {
      const isHeard = at - witness.at < this.#options.windowMs && this.#witnesses.size <= MAX_SUBJECTS;
      if (isHeard) break;
      this.#forget(oldest);
    }
  }

  /** Whether the other side is to be held for broken. */
  isDamning(): boolean {
    const { minimum, threshold } = this.#options;
    return this.#witnesses.size >= minimum && this.#bad >= threshold * this.#witnesses.size;
  }

  clear(): void {
    this.#witnesses.clear();
    this.#bad = 0;
  }

  #forget(subject: unknown): void {
    if (this.#witnesses.get(subject)?.isBad) this.#bad--;
    this.#witnesses.delete(subject);
  }
}
