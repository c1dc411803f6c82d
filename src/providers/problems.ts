import { z } from 'zod';

/**
 * What is wrong with an answer, for the log: where, in the names of the schema alone, and what kind of fault. The names of a map's
 * entries are data (Relay's are phone numbers), and stand there as `*`.
 */
export function problemsOf(schema: z.ZodType, { issues }: z.ZodError): string {
  const names = namesIn(schema);
  const place = (segment: PropertyKey) =>
    typeof segment === 'number' || names.has(String(segment)) ? String(segment) : '*';
  return issues.map(({ path, code }) => `${path.map(place).join('.') || 'body'}: ${code}`).join(', ');
}

/** Every name that a schema gives to a property, at any depth. */
function namesIn(schema: z.ZodType): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), (key, value: unknown) => {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    return value;
  });
  return names;
}
