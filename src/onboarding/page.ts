/** Asks a forward-only list for the page at `cursor` (null: the first), of at most `limit` items. */
export interface PageRequest {
  readonly cursor: string | null;
  /** 1 to 100. */
  readonly limit: number;
}

/** A page of a forward-only list. `nextCursor` is null where nothing follows. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The most that a page can hold, at Increase and so everywhere. */
export const MAX_PAGE_SIZE = 100;
