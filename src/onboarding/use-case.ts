import type { Effects } from './effects.ts';
import type { Operation } from './operation.ts';
import type { Call } from './provider.ts';

/** A mutation: its input is checked, and then carried out once. */
export interface UseCase<T> {
  /** @throws {Refusal} what the caller can act on; all that is wrong with the input at once */
  readonly run: (input: unknown, call: Call) => Promise<T>;
  /** What it does, for whoever takes it over from a process that died. */
  readonly operations: readonly Operation<never, T>[];
}

/** What every mutation needs. */
export interface WithEffects {
  readonly effects: Effects;
}
