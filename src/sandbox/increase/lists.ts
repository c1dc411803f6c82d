import { invalidParameters } from './increase-refusals.ts';
import type { Ledger } from './ledger.ts';

interface Paging {
  readonly limit: number;
  /** The id that the cursor stands for. */
  readonly cursor?: string | undefined;
}

/** One page of a list, as Increase sends it. A cursor stands for the last object of the page before. */
export function listOnWire<Item extends { readonly id: string; readonly createdAt: number }>(
  ledger: Ledger<Item>,
  { limit, cursor }: Paging,
  onWire: (item: Item) => unknown,
  fits: (item: Item) => boolean = () => true,
): { data: unknown[]; next_cursor: string | null } {
  if (cursor !== undefined && ledger.get(cursor) === undefined) {
    throw invalidParameters([{ field: 'cursor', message: 'is not a cursor of this list' }]);
  }
  const { items, hasMore } = ledger.page(limit, cursor, fits);
  const last = items.at(-1);
  return {
    data: items.map(onWire),
    next_cursor: hasMore && last !== undefined ? Buffer.from(last.id).toString('base64url') : null,
  };
}
