import type { Write } from './effect.ts';
import type { Call } from './provider.ts';

/** What was carried out: its result, and what the store is to keep of it. */
export interface Done<T> {
  readonly result: T;
  readonly writes: readonly Write[];
  /** By which the provider knows it, for our log; never personal data. */
  readonly providerId?: string;
}

/**
 * Something that must not be done twice. It knows its provider; the effects do not. A request is in the caller's words: what
 * it is told apart by must not change because a default of ours did, so that defaults are put in when it is performed.
 */
export interface Operation<Request, T> {
  /** How it is called in the store. Never changed. */
  readonly name: string;
  /** Whether its keys are the same for all callers: where they name the thing itself, which is to be done once. */
  readonly isShared?: boolean;
  /** Sends it. What it throws says whether it may have been carried out all the same. */
  perform(request: Request, key: string, call: Call): Promise<Done<T>>;
  /** Finds out what became of it, where that can be known; null: it was not carried out. Given the request that was recorded. */
  reconcile?(request: Request, key: string, call: Call): Promise<Done<T> | null>;
  /** What was carried out before as it is now: one read, and nothing is sent. Without it, a result stays as it was. */
  current?(result: T, call: Call): Promise<T>;
  /** The other texts that stand for the same request, once it is known what it resulted in. */
  otherTexts?(request: Request, result: T): readonly string[];
  /** What the caller may do where it cannot be known. */
  readonly whenUnknown?: string;
}
