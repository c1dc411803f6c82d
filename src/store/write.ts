import type { CompiledQuery } from 'kysely';

import type { Write } from '../onboarding/effect.ts';

/** What the domain carries around without looking into it. */
export function asWrite(...queries: readonly CompiledQuery[]): Write {
  return queries as unknown as Write;
}

export function queriesOf(writes: readonly Write[]): CompiledQuery[] {
  return writes.flatMap((write) => write as unknown as CompiledQuery[]);
}
