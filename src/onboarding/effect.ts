/** Names one thing to be done: what it is, for whom, and the key that tells it from every other. */
export interface EffectName {
  readonly operation: string;
  /** Keys of one caller are no other's. */
  readonly caller: string;
  readonly key: string;
}

/**
 * Where a thing to be done stands.
 * - `PENDING`: a process is carrying it out, or died while it did
 * - `SUCCEEDED`: it was carried out, and its result is stored
 * - `REFUSED`: certainly not carried out; it may be tried anew
 * - `UNKNOWN`: it was sent, and nobody knows what became of it
 */
export type EffectState = 'PENDING' | 'SUCCEEDED' | 'REFUSED' | 'UNKNOWN';

/** What is stored of a thing to be done, from before its request goes out until 30 days later. */
export interface Effect extends EffectName {
  readonly state: EffectState;
  /** A keyed hash of what the caller asked for. */
  readonly fingerprint: string;
  /** Counts who took it up: whoever has not the newest number has lost it to somebody else. */
  readonly attempt: number;
  /** The arguments, where they are needed to find out after a crash what became of it. */
  readonly request: unknown;
  /** What it resulted in, once it SUCCEEDED. */
  readonly result: unknown;
  /** Whether the process that carries it out is no longer alive. Of a PENDING one alone. */
  readonly isAbandoned: boolean;
}

/** How many things to be done stand where. */
export interface EffectCensus {
  readonly byState: Readonly<Partial<Record<EffectState, number>>>;
  /** Of the oldest of which nobody knows what became of it; null: there is none. */
  readonly oldestInDoubtSeconds: number | null;
}

/** Writes to the store that are made together with another, or not at all. The store alone knows what is in it. */
export interface Write {
  readonly write: unique symbol;
}

/** Where effects are kept, for all processes that share the store. Every method throws StoreUnavailable when it is out of reach. */
export interface EffectStore {
  /** The keyed hash of a text: the first is how it is written, the others how older keys wrote it. */
  fingerprints(text: string): readonly string[];
  /** Whether a fingerprint was made with a key that is still at hand. */
  isComparable(fingerprint: string): boolean;
  /** Records it as PENDING, unless something is recorded by its name; answers what is, and whether it is new. */
  begin(
    name: EffectName,
    details: { fingerprint: string; request: unknown },
  ): Promise<{ effect: Effect; isNew: boolean }>;
  /** What is recorded by this name; null when nothing is. */
  find(name: EffectName): Promise<Effect | null>;
  /** Makes it PENDING again in the hands of this process; null when somebody else was quicker. */
  take(effect: Effect, details: { fingerprint: string; request: unknown }): Promise<Effect | null>;
  /**
   * Ends an attempt, together with what it is to store; answers whether its outcome is what is recorded now. It is where the
   * attempt is the newest. That it SUCCEEDED counts also where somebody else has taken it over meanwhile, whatever that led
   * to, unless it SUCCEEDED there, too, or was taken up with other arguments.
   */
  settle(
    effect: Effect,
    outcome: { state: Exclude<EffectState, 'PENDING'>; result?: unknown },
    writes?: readonly Write[],
  ): Promise<boolean>;
  /** Gives an attempt up without an outcome, so that it can be taken over. */
  drop(effect: Effect): void;
  /** Those whose process died, oldest first. */
  abandoned(limit: number): Promise<Effect[]>;
  /** Forgets those that were begun longer ago than this, by the clock that all processes share. */
  forget(olderThanMs: number): Promise<void>;
}
