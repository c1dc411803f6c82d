/** How often each operation was really carried out: not how often it was asked for, and not its replays. */
export class Executions<Operation extends string = string> {
  readonly #counts: Map<Operation, number>;

  constructor(operations: readonly Operation[]) {
    this.#counts = new Map(operations.map((operation) => [operation, 0]));
  }

  count(operation: Operation): void {
    this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1);
  }

  clear(): void {
    for (const operation of this.#counts.keys()) this.#counts.set(operation, 0);
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
