/**
 * One text for the same words, whatever the order of their names, and whether what is not given is absent, null or empty: a
 * client's library may come to send an empty list where it sent none.
 */
export function canonical(words: unknown): string {
  return textOf(words, isSaid);
}

/** The texts of these words, and the first is theirs now: for earlier versions, what is empty was not absent. */
export function canonicalTexts(words: unknown): string[] {
  return [canonical(words), textOf(words, isGiven)];
}

function textOf(words: unknown, counts: (part: unknown) => boolean): string {
  const inOrder = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inOrder);
    if (typeof value !== 'object' || value === null) return value;
    const parts = Object.entries(value).map(([name, part]) => [name, inOrder(part)] as const);
    const counted = parts.filter(([, part]) => counts(part));
    return Object.fromEntries(counted.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  };
  return JSON.stringify(inOrder(words));
}

function isGiven(part: unknown): boolean {
  return part !== undefined && part !== null;
}

function isSaid(part: unknown): boolean {
  return isGiven(part) && !(typeof part === 'object' && Object.keys(part as object).length === 0);
}
