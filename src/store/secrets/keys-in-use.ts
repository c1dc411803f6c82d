import { sql } from 'kysely';

import type { Database } from '../engines/database.ts';
import { SECRET_COLUMNS } from './secret-columns.ts';

/** How many processes have not one key, and how many write under another one. */
export interface Others {
  readonly withoutIt: number;
  readonly writingUnderAnother: number;
}

/** The processes that are alive, and were started with other keys than this one first. */
export async function othersThan(keyId: string, { db, leaseNow }: Database): Promise<Others> {
  const alive = await db
    .selectFrom('process')
    .select('key_ids')
    .where('alive_until', '>', leaseNow)
    .execute();
  const keyIds = alive.map(({ key_ids: ids }) => ids?.split(' ') ?? []);
  return {
    withoutIt: keyIds.filter((ids) => !ids.includes(keyId)).length,
    writingUnderAnother: keyIds.filter(([first]) => first !== keyId).length,
  };
}

/** Forgets the keys but this one that nothing is stored under, and that no process alive writes under; their ids. */
export async function forgetUnusedKeysBut(
  keyId: string,
  { db, leaseNow, write }: Database,
): Promise<string[]> {
  const isUsed = SECRET_COLUMNS.map(
    ({ table, column }) =>
      sql`exists (select 1 from ${sql.table(table)} where ${sql.ref(column)} like 'v1.' || encryption_key.id || '.%')`,
  );
  const isWrittenUnder = sql`exists (
    select 1 from process where process.alive_until > ${leaseNow} and process.key_ids like encryption_key.id || '%')`;
  const unused = sql`
    delete from encryption_key where id <> ${keyId} and not (${sql.join([...isUsed, isWrittenUnder], sql` or `)})
    returning id`.compile(db);
  const [rows = []] = await write([unused]);
  return rows.map(({ id }) => String(id));
}
