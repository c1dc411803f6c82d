import { RefusedOperation } from '../answers/refused-operation.ts';

/** So many entities can be asked for at once. */
const MAX_REPRESENTATIONS = 500;

/** @throws {RefusedOperation} when there are too many */
export function checkRepresentations({ length }: readonly unknown[]): void {
  if (length > MAX_REPRESENTATIONS) {
    throw new RefusedOperation(`Ask for at most ${MAX_REPRESENTATIONS} representations at once.`);
  }
}
