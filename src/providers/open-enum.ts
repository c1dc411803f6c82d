/**
 * Reads a provider's enum, all of which are open: a value that we do not know yet becomes `otherwise`, never an error.
 * The graph's names are the provider's in capitals.
 * @param otherwise another word than UNKNOWN where the provider itself says UNKNOWN, and means something by it
 */
export function openEnum<Value extends string, Otherwise extends string = 'UNKNOWN'>(
  known: readonly Value[],
  otherwise = 'UNKNOWN' as Otherwise,
): (value: string) => Value | Otherwise {
  const names = new Set<string>(known);
  return (value) => {
    const name = value.toUpperCase();
    return names.has(name) ? (name as Value) : otherwise;
  };
}
