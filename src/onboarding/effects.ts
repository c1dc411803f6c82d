import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { Effect, EffectName, EffectStore, Write } from './effect.ts';
import { inProgress, keyReused, keyUnreadable, outcomeUnknown } from './effect-refusals.ts';
import { OutcomeNotStored, ProviderError, StoreUnavailable } from './errors.ts';
import type { Call } from './provider.ts';
import { Refusal } from './refusal.ts';

/** What was carried out: its result, and what the store is to keep of it. */
export interface Done<T> {
  readonly result: T;
  readonly writes: readonly Write[];
  /** By which the provider knows it, for our log; never personal data. */
  readonly providerId?: string;
}

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

/** Something that must not be done twice. It knows its provider; the effects do not. */
export interface Operation<Request, T> {
  /** How it is called in the store. Never changed. */
  readonly name: string;
  /** Whether its keys are the same for all callers: where they name the thing itself, which is to be done once. */
  readonly isShared?: boolean;
  /** Sends it. What it throws says whether it may have been carried out all the same. */
  perform(request: Request, key: string, call: Call): Promise<Done<T>>;
  /** Finds out what became of it, where that can be known; null: it was not carried out. */
  reconcile?(request: Request, key: string, call: Call): Promise<Done<T> | null>;
  /** What the caller may do where it cannot be known. */
  readonly whenUnknown?: string;
}

/** Nothing sent twice: what is to be done is recorded before it is sent, and its outcome before anybody hears of it. */
export interface Effects {
  /**
   * Carries an operation out once for a key, however often and wherever it is asked for. Without a key it gets one of ours.
   * @throws {Refusal} IDEMPOTENCY_KEY_REUSED, IN_PROGRESS, OUTCOME_UNKNOWN, and the operation's own
   * @throws {StoreUnavailable} when it cannot be recorded; nothing was sent
   */
  run<Request, T>(
    operation: Operation<Request, T>,
    key: string | undefined,
    request: Request,
    call: Call,
  ): Promise<T>;
  /** Takes over what processes that died left behind: reconciled where that can be, else UNKNOWN. */
  recover(operations: readonly Operation<never, unknown>[], signal: AbortSignal): Promise<void>;
  /** Forgets what is older than 30 days. */
  sweep(): Promise<void>;
}

const WAIT_FOR_OTHERS_MS = 2_000;
const POLL_MS = 40;
const LIFE_MS = 30 * 24 * 60 * 60 * 1_000;
const KEEP_TRYING_MS = 60_000;
const KEEP_TRYING_EVERY_MS = 250;
const RECOVERED_AT_ONCE = 100;

/** @param tell is told what else nobody may ever hear of: a caller does not wait for as long as a store may be away */
export function effectsOf(store: EffectStore, tell: (event: EffectEvent) => void = () => undefined): Effects {
  /** Does it, and stores what became of it before anybody hears of it. */
  async function settled<T>(
    effect: Effect,
    perform: () => Promise<Done<T>>,
    reconcile?: () => Promise<Done<T> | null>,
  ): Promise<T> {
    let isOpen = reconcile !== undefined;
    let done: Done<T>;
    try {
      const found = await reconcile?.();
      isOpen = false;
      // Whoever began it may have been slow only, and have succeeded while it was being found out.
      const success = reconcile && !found ? await successOf(effect) : null;
      if (success) {
        store.drop(effect);
        return success.result as T;
      }
      done = found ?? (await perform());
    } catch (error) {
      // That it could not be found out says nothing of what became of it.
      const state = !isOpen && wasCertainlyNotCarriedOut(error) ? 'REFUSED' : 'UNKNOWN';
      const other = await kept(effect, { state });
      if (other) return other.result as T;
      throw error;
    }
    const other = await kept(effect, { state: 'SUCCEEDED', result: done.result }, done);
    return other ? (other.result as T) : done.result;
  }

  /**
   * What a provider gave is given once: it is tried to be stored for as long as a store may be away for.
   * @returns what another attempt SUCCEEDED with meanwhile, where one did: all are to hear the same
   */
  async function kept(
    effect: Effect,
    outcome: Parameters<EffectStore['settle']>[1],
    { writes = [], providerId }: Partial<Done<unknown>> = {},
  ): Promise<Effect | null> {
    let isTold = false;
    for (const end = Date.now() + KEEP_TRYING_MS; ; await delay(KEEP_TRYING_EVERY_MS)) {
      try {
        return (await store.settle(effect, outcome, writes)) ? null : await successOf(effect);
      } catch (cause) {
        if (cause instanceof StoreUnavailable && Date.now() < end) {
          // At once, in case the process does not live to the end of it.
          if (!isTold) tell({ kind: 'NOT_STORED_YET', effect, providerId, cause });
          isTold = true;
          continue;
        }
        tell({ kind: 'NOT_STORED', effect, providerId, cause });
        store.drop(effect);
        throw new OutcomeNotStored(cause);
      }
    }
  }

  async function successOf(effect: Effect): Promise<Effect | null> {
    const recorded = await store.find(effect).catch(() => null);
    return recorded?.state === 'SUCCEEDED' && recorded.fingerprint === effect.fingerprint ? recorded : null;
  }

  /** What is recorded once whoever carries it out has ended, or the wait for them has. */
  async function afterOthers(begun: Effect): Promise<Effect> {
    let effect = begun;
    for (const end = Date.now() + WAIT_FOR_OTHERS_MS; isUnderWay(effect) && Date.now() < end;) {
      await delay(POLL_MS);
      effect = (await store.find(begun)) ?? begun;
    }
    return effect;
  }

  return {
    async run(operation, key, request, call) {
      const caller = operation.isShared ? '' : call.caller;
      const name: EffectName = { operation: operation.name, caller, key: key ?? randomUUID() };
      const fingerprints = store.fingerprints(request);
      const [fingerprint = ''] = fingerprints;
      // The arguments are kept only where they are needed again: they may be personal data.
      const keptRequest = operation.reconcile ? request : undefined;
      const { effect: begun, isNew } = await store.begin(name, { fingerprint, request: keptRequest });
      call.onRecorded?.();
      const perform = () => operation.perform(request, name.key, call);
      if (isNew) return settled(begun, perform);

      const effect = await afterOthers(begun);
      // What was refused left no trace, so that its key is free for other arguments. A key that names the thing itself stands
      // for its arguments, also where their fingerprint is not recognised any more because an encryption key was taken out.
      const isSame = operation.isShared || fingerprints.includes(effect.fingerprint);
      if (effect.state !== 'REFUSED' && !isSame) {
        throw store.isComparable(effect.fingerprint) ? keyReused() : keyUnreadable();
      }
      if (effect.state === 'SUCCEEDED') return effect.result as never;
      if (isUnderWay(effect)) throw inProgress();
      const mayHaveHappened = effect.state !== 'REFUSED';
      if (mayHaveHappened && !operation.reconcile) throw outcomeUnknown(operation.whenUnknown);

      // While a key is being rotated, whoever began it recognises its own fingerprint only.
      const known = isSame && mayHaveHappened ? effect.fingerprint : fingerprint;
      const taken = await store.take(effect, { fingerprint: known, request: keptRequest });
      if (!taken) throw inProgress();
      const reconcile = async () => (await operation.reconcile?.(request, name.key, call)) ?? null;
      return settled(taken, perform, mayHaveHappened ? reconcile : undefined);
    },

    async recover(operations, signal) {
      for (const effect of await store.abandoned(RECOVERED_AT_ONCE)) {
        if (signal.aborted) return; // others take it over
        const taken = await store.take(effect, effect);
        if (!taken) continue;
        const reconcile = operations.find(({ name }) => name === effect.operation)?.reconcile;
        const found =
          reconcile && effect.request !== undefined
            ? reconcile(effect.request as never, effect.key, { signal, caller: effect.caller }).catch(
                () => undefined,
              )
            : undefined;
        const done = await found;
        if (done) {
          await kept(taken, { state: 'SUCCEEDED', result: done.result }, done);
          continue;
        }
        const success = await kept(taken, { state: done === null ? 'REFUSED' : 'UNKNOWN' });
        if (done === undefined && !success) tell({ kind: 'TAKEN_OVER_IN_DOUBT', effect: taken });
      }
    },

    sweep: () => store.forget(LIFE_MS),
  };
}

function isUnderWay({ state, isAbandoned }: Effect): boolean {
  return state === 'PENDING' && !isAbandoned;
}

/** An error that says nothing of it leaves it open. */
function wasCertainlyNotCarriedOut(error: unknown): boolean {
  return error instanceof Refusal || (error instanceof ProviderError && error.outcome === 'NOT_CARRIED_OUT');
}
