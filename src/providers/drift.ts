import { z } from 'zod';

/** How an answer can differ from its documentation. Which field it is could be data, and is not told. */
export type Drift = 'unknown_value' | 'new_field' | 'missing_field' | 'wrong_shape';

export interface DriftObserver {
  /** Something in an answer was not as it is documented. */
  drifted?(route: string, what: Drift): void;
}

const documented = new WeakMap<z.ZodType, Set<string>>();

/** Fields of an answer that are documented, and that we do not read: they are not new. */
export function unread(schema: z.ZodObject, ...names: readonly string[]): void {
  for (const name of names) knownIn(schema).add(name);
}

let noticed: Drift[] | null = null;

/** Notes what a schema meets while an answer is read: reading is synchronous, so that it is the only one. */
export function notice(what: Drift): void {
  noticed?.push(what);
}

/** Reads, and answers what was noticed meanwhile. */
export function noticing<T>(reading: () => T): { readonly result: T; readonly met: readonly Drift[] } {
  const met: Drift[] = [];
  noticed = met;
  try {
    return { result: reading(), met };
  } finally {
    noticed = null;
  }
}

/** What of an answer is not as the schema has it. */
export function driftIn(schema: z.ZodType, wire: unknown, { error }: z.ZodSafeParseResult<unknown>): Drift[] {
  const issues = error?.issues ?? [];
  return [
    ...issues.map(({ path }) => (isMissing(wire, path) ? 'missing_field' : 'wrong_shape')),
    ...newFields(schema, wire),
  ];
}

function isMissing(wire: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null)?.[key], wire);
  return path.length > 0 && value === undefined;
}

function newFields(schema: z.ZodType, wire: unknown): Drift[] {
  if (!(schema instanceof z.ZodObject) || typeof wire !== 'object' || wire === null) return [];
  const known = knownIn(schema);
  return Object.keys(wire).some((name) => !known.has(name)) ? ['new_field'] : [];
}

function knownIn(schema: z.ZodObject): Set<string> {
  const names = documented.get(schema) ?? new Set(Object.keys(schema.shape));
  documented.set(schema, names);
  return names;
}
