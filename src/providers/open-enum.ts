import { z } from 'zod';

import { notice } from './drift.ts';

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
    if (names.has(name)) return name as Value;
    notice('unknown_value');
    return otherwise;
  };
}

/** An open enum as a part of an answer, so that a value which is new is noticed where the answer is read. */
export function wireEnum<Value extends string>(known: readonly Value[]) {
  return z.string().transform(openEnum(known));
}
