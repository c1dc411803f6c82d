/** A moment as Increase writes it: in UTC, to the second. */
export function increaseTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
