import type { Environment } from './variables/group.ts';

/** Of a short name's letters fewer may differ: `PATH` is not `PORT`. */
const mostDifferences = ({ length }: string): number => Math.min(2, Math.floor(length / 3));

/** The names that are none of ours and nearly one, with the one that may be meant. */
export function misspelt(given: Environment, ours: readonly string[]): [name: string, meant: string][] {
  return Object.keys(given)
    .filter((name) => !ours.includes(name))
    .flatMap((name) => {
      const meant = ours.find((each) => distance(name.toUpperCase(), each) <= mostDifferences(each));
      return meant === undefined ? [] : [[name, meant] satisfies [string, string]];
    });
}

/** How many letters have to be put in, taken out or changed to make one of the other (Levenshtein). */
function distance(one: string, other: string): number {
  const letters = Array.from(other);
  let row = Array.from({ length: other.length + 1 }, (_each, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [at, meant] of letters.entries()) {
      const changed = (row[at] ?? 0) + (letter === meant ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
