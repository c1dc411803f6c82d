import { setTimeout as delay } from 'node:timers/promises';

import type { Effect, EffectStore } from './effect.ts';
import { OutcomeNotStored, ProviderError, StoreUnavailable } from './errors.ts';
import type { Done } from './operation.ts';
import { Refusal } from './refusal.ts';
import { StateUnread } from './state-unread.ts';

/** Something that whoever is on call has to know: what a provider gave may be lost. */
export interface EffectEvent {
  /**
   * - `NOT_STORED_YET`: what became of it could not be stored, and is tried again
   * - `NOT_STORED`: it was given up; the effect is taken over once the store is back
   * - `TAKEN_OVER_IN_DOUBT`: nobody was left who knew what became of it, and it could not be found out
   */
  readonly kind: 'NOT_STORED_YET' | 'NOT_STORED' | 'TAKEN_OVER_IN_DOUBT';
  readonly effect: Effect;
  readonly providerId?: string | undefined;
  readonly cause?: unknown;
}

/** Where effects are kept, and who is told what else nobody may ever hear of. */
export interface Books {
  readonly store: EffectStore;
  readonly tell: (event: EffectEvent) => void;
}

const KEEP_TRYING_MS = 60_000;
const KEEP_TRYING_EVERY_MS = 250;

/** Does what this process has in its hands, and stores what became of it before anybody hears of it. @throws what it ended in, or {@link OutcomeNotStored} */
export async function performed<T>(
  books: Books,
  effect: Effect,
  perform: () => Promise<Done<T>>,
): Promise<T> {
  let done: Done<T>;
  try {
    done = await perform();
  } catch (error) {
    return failed(books, effect, wasCertainlyNotCarriedOut(error) ? 'REFUSED' : 'UNKNOWN', error);
  }
  return succeeded(books, effect, done);
}

/** Finds out what became of it, and does it where it was not carried out. @throws {StateUnread} and as above */
export async function reconciled<T>(
  books: Books,
  effect: Effect,
  reconcile: () => Promise<Done<T> | null>,
  perform: () => Promise<Done<T>>,
): Promise<T> {
  let found: Done<T> | null;
  try {
    found = await reconcile();
  } catch (error) {
    // That it could not be found out says nothing of what became of it.
    return failed(books, effect, 'UNKNOWN', StateUnread.inDoubt(error));
  }
  if (found) return succeeded(books, effect, found);
  // Whoever began it may have been slow only, and have succeeded while it was being found out.
  const success = await successOf(books, effect);
  if (!success) return performed(books, effect, () => doneAfterAll(reconcile, perform));
  books.store.drop(effect);
  return success.result as T;
}

/** What was in doubt may be carried out only now, and then it refuses to be done again: that is no refusal. */
async function doneAfterAll<T>(
  reconcile: () => Promise<Done<T> | null>,
  perform: () => Promise<Done<T>>,
): Promise<Done<T>> {
  try {
    return await perform();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const found = await reconcile().catch((cause: unknown) => {
      throw StateUnread.inDoubt(cause);
    });
    if (found) return found;
    throw error;
  }
}

/**
 * What a provider gave is given once: it is tried to be stored for as long as a store may be away for.
 * @returns what another attempt SUCCEEDED with meanwhile, where one did: all are to hear the same
 */
export async function kept(
  books: Books,
  effect: Effect,
  outcome: Parameters<EffectStore['settle']>[1],
  { writes = [], providerId }: Partial<Done<unknown>> = {},
): Promise<Effect | null> {
  const { store, tell } = books;
  let isTold = false;
  for (const end = performance.now() + KEEP_TRYING_MS; ; await delay(KEEP_TRYING_EVERY_MS)) {
    try {
      return (await store.settle(effect, outcome, writes)) ? null : await successOf(books, effect);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable) || performance.now() > end) {
        tell({ kind: 'NOT_STORED', effect, providerId, cause });
        store.drop(effect);
        throw new OutcomeNotStored(cause);
      }
      // At once, in case the process does not live to the end of it.
      if (!isTold) tell({ kind: 'NOT_STORED_YET', effect, providerId, cause });
      isTold = true;
    }
  }
}

async function succeeded<T>(books: Books, effect: Effect, done: Done<T>): Promise<T> {
  const other = await kept(books, effect, { state: 'SUCCEEDED', result: done.result }, done);
  return other ? (other.result as T) : done.result;
}

async function failed<T>(
  books: Books,
  effect: Effect,
  state: 'REFUSED' | 'UNKNOWN',
  error: unknown,
): Promise<T> {
  const other = await kept(books, effect, { state });
  if (other) return other.result as T;
  throw error;
}

async function successOf({ store }: Books, effect: Effect): Promise<Effect | null> {
  const recorded = await store.find(effect).catch(() => null);
  return recorded?.state === 'SUCCEEDED' && recorded.fingerprint === effect.fingerprint ? recorded : null;
}

/** An error that says nothing of it leaves it open. */
function wasCertainlyNotCarriedOut(error: unknown): boolean {
  return error instanceof Refusal || (error instanceof ProviderError && error.outcome === 'NOT_CARRIED_OUT');
}
