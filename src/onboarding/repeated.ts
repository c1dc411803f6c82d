import { setTimeout as delay } from 'node:timers/promises';

import { detailsOf, isOf, type Asked } from './asked.ts';
import type { Effect, EffectStore } from './effect.ts';
import {
  inProgress,
  keyReused,
  keyUnreadable,
  outcomeOfOthersUnknown,
  outcomeUnknown,
} from './effect-refusals.ts';
import { performed, reconciled, type Books } from './settlement.ts';
import { StateUnread } from './state-unread.ts';

const WAIT_FOR_OTHERS_MS = 2_000;
const POLL_MS = 40;

/**
 * What is answered where something is recorded already. A doubt, and that it is under way, is told before anything else:
 * whoever was told to choose a new key would have it sent twice.
 */
export async function repeated<Request, T>(
  books: Books,
  asked: Asked<Request, T>,
  begun: Effect,
): Promise<T> {
  const effect = await afterOthers(books.store, begun);
  if (isUnderWay(effect)) throw inProgress();
  if (effect.state === 'REFUSED') return anew(books, asked, effect);
  if (effect.state === 'SUCCEEDED') return asItIsNow(books.store, asked, effect, { isNew: effect !== begun });
  return inDoubt(books, asked, effect);
}

/** What is recorded once whoever carries it out has ended, or the wait for them has. */
async function afterOthers(store: EffectStore, begun: Effect): Promise<Effect> {
  let effect = begun;
  for (const end = performance.now() + WAIT_FOR_OTHERS_MS; isUnderWay(effect) && performance.now() < end;) {
    await delay(POLL_MS);
    effect = (await store.find(begun)) ?? begun;
  }
  return effect;
}

function isUnderWay({ state, isAbandoned }: Effect): boolean {
  return state === 'PENDING' && !isAbandoned;
}

/** What was refused left no trace, so that its key is free, for other arguments, too. */
async function anew<Request, T>(books: Books, asked: Asked<Request, T>, refused: Effect): Promise<T> {
  const { operation, name, request, call } = asked;
  const taken = await books.store.take(refused, detailsOf(books.store, asked));
  if (!taken) throw inProgress();
  return performed(books, taken, () => operation.perform(request, name.key, call));
}

/** What was recorded is carried on with what was recorded. */
async function inDoubt<Request, T>(books: Books, asked: Asked<Request, T>, effect: Effect): Promise<T> {
  const { store } = books;
  const { operation, name, call } = asked;
  if (!operation.reconcile) throw outcomeUnknown(operation.whenUnknown);
  if (!isOf(store, asked, effect)) {
    throw store.isComparable(effect.fingerprint) ? outcomeOfOthersUnknown() : keyUnreadable();
  }
  const request = (effect.request as Request | undefined) ?? asked.request;
  // While a key is being rotated, whoever began it recognises its own fingerprint only.
  const taken = await store.take(effect, { fingerprint: effect.fingerprint, request });
  if (!taken) throw inProgress();
  // Whether to send again is not decided by what was asked before.
  const unshared = { ...call, access: undefined };
  const reconcile = async () => (await operation.reconcile?.(request, name.key, unshared)) ?? null;
  return reconciled(books, taken, reconcile, () => operation.perform(request, name.key, call));
}

/** What was carried out, as far as it may have changed since. */
async function asItIsNow<Request, T>(
  store: EffectStore,
  asked: Asked<Request, T>,
  effect: Effect,
  { isNew }: { isNew: boolean },
): Promise<T> {
  if (!isOf(store, asked, effect)) {
    throw store.isComparable(effect.fingerprint) ? keyReused() : keyUnreadable();
  }
  const result = effect.result as T;
  if (isNew) return result;
  try {
    return (await asked.operation.current?.(result, asked.call)) ?? result;
  } catch (error) {
    throw StateUnread.afterSuccess(error);
  }
}
