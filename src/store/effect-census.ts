import { sql } from 'kysely';

import type { EffectCensus } from '../onboarding/effect.ts';
import type { Database } from './engines/database.ts';

/** Counted over the index of states alone. Moments are the database's own, which all processes share. */
export async function effectCensus({ db, now }: Database): Promise<EffectCensus> {
  const rows = await db
    .selectFrom('effect')
    .groupBy('state')
    .select((row) => ['state', row.fn.countAll().as('count')])
    .select((row) => sql<number | string>`${now} - ${row.fn.min('created_at')}`.as('age_ms'))
    .execute();
  const inDoubt = rows.find(({ state }) => state === 'UNKNOWN');
  return {
    byState: Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])),
    oldestInDoubtSeconds: inDoubt ? Math.max(0, Number(inDoubt.age_ms) / 1_000) : null,
  };
}
