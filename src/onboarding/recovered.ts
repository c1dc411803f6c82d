import type { Effect } from './effect.ts';
import type { Done, Operation } from './operation.ts';
import { kept, type Books } from './settlement.ts';

type AnyOperation = Operation<never, unknown>;

const RECOVERED_AT_ONCE = 100;

/** Takes over what processes that died left behind: reconciled where that can be, else UNKNOWN. */
export async function recovered(
  books: Books,
  operations: readonly AnyOperation[],
  signal: AbortSignal,
): Promise<void> {
  for (const effect of await books.store.abandoned(RECOVERED_AT_ONCE)) {
    if (signal.aborted) return; // others take it over
    const operation = operations.find(({ name }) => name === effect.operation);
    await takeOver(books, effect, () => foundOut(effect, operation, signal));
  }
}

async function takeOver(
  books: Books,
  effect: Effect,
  findOut: () => ReturnType<typeof foundOut>,
): Promise<void> {
  const taken = await books.store.take(effect, effect);
  if (!taken) return;
  const done = await findOut();
  if (done) {
    await kept(books, taken, { state: 'SUCCEEDED', result: done.result }, done);
    return;
  }
  const success = await kept(books, taken, { state: done === null ? 'REFUSED' : 'UNKNOWN' });
  if (done === undefined && !success) books.tell({ kind: 'TAKEN_OVER_IN_DOUBT', effect: taken });
}

/** What became of it; null: it was not carried out; undefined: that cannot be found out. */
async function foundOut(
  { request, key, caller }: Effect,
  operation: AnyOperation | undefined,
  signal: AbortSignal,
): Promise<Done<unknown> | null | undefined> {
  if (!operation?.reconcile || request === undefined) return undefined;
  return operation.reconcile(request as never, key, { signal, caller }).catch(() => undefined);
}
