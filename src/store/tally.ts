/** Counts holds on names. */
export class Tally {
  readonly #holds = new Map<string, number>();

  has(name: string): boolean {
    return this.#holds.has(name);
  }

  hold(name: string): void {
    this.#holds.set(name, (this.#holds.get(name) ?? 0) + 1);
  }

  release(name: string): void {
    const holds = this.#holds.get(name) ?? 0;
    if (holds > 1) this.#holds.set(name, holds - 1);
    else this.#holds.delete(name);
  }
}
