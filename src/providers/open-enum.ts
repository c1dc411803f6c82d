/**
 * Reads a provider's enum, all of which are open: a value that we do not know yet is UNKNOWN, never an error.
 * The graph's names are the provider's in capitals.
 */
export function openEnum<Value extends string>(
  known: readonly Value[],
): (value: string) => Value | 'UNKNOWN' {
  const names = new Set<string>(known);
  return (value) => {
    const name = value.toUpperCase();
    return names.has(name) ? (name as Value) : 'UNKNOWN';
  };
}
