import { randomUUID } from 'node:crypto';

import { detailsOf } from './asked.ts';
import type { EffectStore } from './effect.ts';
import type { Operation } from './operation.ts';
import type { Call } from './provider.ts';
import { recovered } from './recovered.ts';
import { repeated } from './repeated.ts';
import { performed, type Books } from './settlement.ts';

/** Nothing sent twice: what is to be done is recorded before it is sent, and its outcome before anybody hears of it. */
export interface Effects {
  /**
   * Carries an operation out once for a key, however often and wherever it is asked for. Without a key it gets one of ours.
   * @throws {Refusal} IDEMPOTENCY_KEY_REUSED, IN_PROGRESS, OUTCOME_UNKNOWN, and the operation's own
   * @throws {StateUnread} when what became of it, or how it stands now, cannot be read
   * @throws {StoreUnavailable} when it cannot be recorded or looked up; this call sent nothing
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

const LIFE_MS = 30 * 24 * 60 * 60 * 1_000;

/** @param tell is told what else nobody may ever hear of: a caller does not wait for as long as a store may be away */
export function effectsOf(store: EffectStore, tell: Books['tell'] = () => undefined): Effects {
  const books: Books = { store, tell };
  return {
    async run(operation, key, request, call) {
      const caller = operation.isShared ? '' : call.caller;
      const name = { operation: operation.name, caller, key: key ?? randomUUID() };
      const asked = { operation, name, request, call };
      const { effect, isNew } = await store.begin(name, detailsOf(store, asked));
      call.onRecorded?.();
      return isNew
        ? performed(books, effect, () => operation.perform(request, name.key, call))
        : repeated(books, asked, effect);
    },
    recover: (operations, signal) => recovered(books, operations, signal),
    sweep: () => store.forget(LIFE_MS),
  };
}
