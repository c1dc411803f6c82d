/** One text for the same words, whatever the order of their names, and whether what is not given is absent or null. */
export function canonical(words: unknown): string {
  return JSON.stringify(words, (_name, value: unknown) => (isNamed(value) ? inOrder(value) : value));
}

function isNamed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(value: object): object {
  const given = Object.entries(value).filter(([, part]) => part !== undefined && part !== null);
  return Object.fromEntries(given.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
