export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/**
 * Objects in the order of their creation; nothing is ever taken out. Pages go from the newest back, each from the object
 * where the one before ended: what is added in front does not shift them.
 */
export class Ledger<Item extends { readonly id: string; readonly createdAt: number }> {
  readonly #items: Item[];
  readonly #positions: Map<string, number>;

  constructor(items: readonly Item[]) {
    this.#items = items.toSorted((one, other) => one.createdAt - other.createdAt);
    this.#positions = new Map(this.#items.map(({ id }, position) => [id, position]));
  }

  add(item: Item): void {
    this.#positions.set(item.id, this.#items.length);
    this.#items.push(item);
  }

  get(id: string): Item | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#items[position];
  }

  /** Now, or the time of the newest object where the clock was set back since. */
  nextCreatedAt(): number {
    return Math.max(Date.now(), this.#items.at(-1)?.createdAt ?? 0);
  }

  /** Up to `limit` objects older than the one with the id `after`. */
  page(limit: number, after: string | undefined, fits: (item: Item) => boolean): Page<Item> {
    const start = (after === undefined ? undefined : this.#positions.get(after)) ?? this.#items.length;
    const items: Item[] = [];
    for (let position = start - 1; position >= 0; position -= 1) {
      const item = this.#items[position];
      if (item === undefined || !fits(item)) continue;
      if (items.length === limit) return { items, hasMore: true };
      items.push(item);
    }
    return { items, hasMore: false };
  }

  /** Oldest first. */
  all(): readonly Item[] {
    return this.#items;
  }
}
