import type { GraphqlAnswer } from '../support/service.ts';

/** What a caller is told of how it ended. */
export interface Told {
  /** Of the error, or of the first user error; null where it is answered. */
  readonly code: unknown;
  readonly outcome?: unknown;
}

/** Of an operation whose one field is called `it`. */
export function told({ data, errors }: GraphqlAnswer): Told {
  const extensions = errors?.[0]?.extensions;
  if (!extensions) return { code: data.it.userErrors?.[0]?.code ?? null };
  return { code: extensions['code'], ...('outcome' in extensions && { outcome: extensions['outcome'] }) };
}
