import type { Call } from './provider.ts';

/** A program at Increase, under which accounts are held. `bank` is an open set. */
export interface Program {
  readonly id: string;
  readonly name: string;
  readonly bank: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Increase's programs. */
export interface Programs {
  /** Null when Increase knows no such program. */
  get(id: string, call: Call): Promise<Program | null>;
}
