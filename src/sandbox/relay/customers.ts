import { z } from 'zod';
import { sandboxRelay } from '../seeds.ts';
import type { SavedState } from '../state-file.ts';

/** The customers that Relay knows: their ccids, and nothing else about them. */
export class Customers {
  readonly #saved: SavedState;
  #ccids: Set<string>;

  constructor(saved: SavedState) {
    this.#saved = saved;
    this.#ccids = new Set([
      ...sandboxRelay.customers,
      ...(z.array(z.string()).safeParse(saved.read()).data ?? []),
    ]);
  }

  /** Adds a customer, or updates the one who is known: which of both, Relay does not tell. */
  upsert(ccid: string): void {
    if (this.#ccids.has(ccid)) return;
    this.#ccids.add(ccid);
    this.#save();
  }

  list(): string[] {
    return [...this.#ccids];
  }

  reset(): void {
    this.#ccids = new Set(sandboxRelay.customers);
    this.#save();
  }

  #save(): void {
    this.#saved.write(() => this.list());
  }
}
