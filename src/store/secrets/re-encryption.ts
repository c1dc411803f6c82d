import { sql, type RawBuilder, type SqlBool } from 'kysely';

import type { Database } from '../engines/database.ts';
import { encryption, keyIdOf, UndecryptableSecret } from './encryption.ts';
import { noting } from './key-check.ts';
import { SECRET_COLUMNS, type SecretColumn } from './secret-columns.ts';

/** One secret that is left as it is, and what to do about it. Nothing of the secret is in it. */
export interface Unreadable {
  readonly table: string;
  /** Its primary key. */
  readonly id: readonly string[];
  readonly remedy: string;
}

export interface Batch {
  /** How many rows were looked at. */
  readonly size: number;
  readonly reEncrypted: number;
  readonly unreadable: readonly Unreadable[];
}

/** How many processes have not the first key, and how many write under another one. */
export interface Others {
  readonly withoutIt: number;
  readonly writingUnderAnother: number;
}

/** Brings what is stored under an older key under the first one, while others read and write. */
export interface ReEncryption {
  /** The processes that are alive, and were started with other keys. */
  others(): Promise<Others>;
  /** How many secrets are not under the first key. */
  remaining(): Promise<number>;
  /** Goes over all of them once, a transaction for each batch. What another process has replaced meanwhile is left alone. */
  batches(): AsyncGenerator<Batch>;
  /**
   * Forgets the keys that nothing is stored under, and that no process alive writes under, so that the service starts without
   * them; their ids.
   */
  forgetUnusedKeys(): Promise<string[]>;
}

const BATCH = 200;

/** @param keys the first is the one to bring secrets under, all decrypt */
export function reEncryption({ db, leaseNow, write }: Database, keys: readonly Buffer[]): ReEncryption {
  const secrets = encryption(keys);
  const [currentId = ''] = keys.map(keyIdOf);
  const prefix = `v1.${currentId}.`;
  const isOld = (column: string) =>
    sql<SqlBool>`${sql.ref(column)} is not null and substr(${sql.ref(column)}, 1, ${sql.lit(prefix.length)}) <> ${prefix}`;

  async function page(
    { table, column, primaryKey }: SecretColumn,
    after: readonly string[] | null,
  ): Promise<{ id: string[]; secret: string }[]> {
    const key = tuple(primaryKey.map((name) => sql.ref(name)));
    const isAfter = after ? sql<SqlBool>`${key} > ${tuple(after.map((part) => sql`${part}`))}` : sql`1 = 1`;
    const { rows } = await sql<Record<string, string>>`
      select ${sql.join(primaryKey.map((name) => sql.ref(name)))}, ${sql.ref(column)} as secret
      from ${sql.table(table)} where ${isOld(column)} and ${isAfter}
      order by ${sql.join(primaryKey.map((name) => sql.ref(name)))} limit ${sql.lit(BATCH)}`.execute(db);
    return rows.map(({ secret = '', ...row }) => ({
      id: primaryKey.map((name) => row[name] ?? ''),
      secret,
    }));
  }

  /** Compares with what was read, so that a newer value is never overwritten. */
  function replacing(
    { table, column, primaryKey }: SecretColumn,
    { id, secret }: { id: string[]; secret: string },
    replacement: string,
  ) {
    const isIt = tuple(primaryKey.map((name) => sql.ref(name)));
    return sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${replacement}
      where ${isIt} = ${tuple(id.map((part) => sql`${part}`))} and ${sql.ref(column)} = ${secret}
      returning 1 as replaced`.compile(db);
  }

  async function reEncrypt(
    column: SecretColumn,
    rows: readonly { id: string[]; secret: string }[],
  ): Promise<Batch> {
    const unreadable: Unreadable[] = [];
    const queries = rows.flatMap((row) => {
      const place = column.place(row.id);
      try {
        return [replacing(column, row, secrets.encrypt(secrets.decrypt(row.secret, place), place))];
      } catch (error) {
        if (!(error instanceof UndecryptableSecret)) throw error;
        unreadable.push({ table: column.table, id: row.id, remedy: error.message });
        return [];
      }
    });
    const replaced = await write(queries);
    return { size: rows.length, reEncrypted: replaced.flat().length, unreadable };
  }

  return {
    async others() {
      const alive = await db
        .selectFrom('process')
        .select('key_ids')
        .where('alive_until', '>', leaseNow)
        .execute();
      const keyIds = alive.map(({ key_ids: ids }) => ids?.split(' ') ?? []);
      return {
        withoutIt: keyIds.filter((ids) => !ids.includes(currentId)).length,
        writingUnderAnother: keyIds.filter(([first]) => first !== currentId).length,
      };
    },

    async remaining() {
      let total = 0;
      for (const { table, column } of SECRET_COLUMNS) {
        const { rows } = await sql<{ count: number | string }>`
          select count(*) as count from ${sql.table(table)} where ${isOld(column)}`.execute(db);
        total += Number(rows[0]?.count ?? 0);
      }
      return total;
    },

    async *batches() {
      // Before anything is under it: whoever starts without this key is to be told, not to read half of what there is.
      await db.executeQuery(noting(db, currentId));
      for (const column of SECRET_COLUMNS) {
        let after: readonly string[] | null = null;
        for (;;) {
          const rows = await page(column, after);
          if (rows.length === 0) break;
          after = rows.at(-1)?.id ?? null;
          yield await reEncrypt(column, rows);
        }
      }
    },

    async forgetUnusedKeys() {
      const isUsed = SECRET_COLUMNS.map(
        ({ table, column }) =>
          sql`exists (select 1 from ${sql.table(table)} where ${sql.ref(column)} like 'v1.' || encryption_key.id || '.%')`,
      );
      const isWrittenUnder = sql`exists (
        select 1 from process where process.alive_until > ${leaseNow} and process.key_ids like encryption_key.id || '%')`;
      const unused = sql`
        delete from encryption_key where id <> ${currentId} and not (${sql.join([...isUsed, isWrittenUnder], sql` or `)})
        returning id`.compile(db);
      const [rows = []] = await write([unused]);
      return rows.map(({ id }) => String(id));
    },
  };
}

function tuple(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(parts)})`;
}
