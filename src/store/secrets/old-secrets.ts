import { sql, type CompiledQuery, type Kysely, type RawBuilder, type SqlBool } from 'kysely';

import type { Tables } from '../engines/tables.ts';
import { SECRET_COLUMNS, type SecretColumn } from './secret-columns.ts';

/** A secret as it is stored, and its row's primary key. */
export interface StoredSecret {
  readonly id: readonly string[];
  readonly secret: string;
}

/** The secrets that are not stored under one key. */
export interface OldSecrets {
  count(): Promise<number>;
  /** Those of one column, in pages. */
  pages(column: SecretColumn): AsyncGenerator<readonly StoredSecret[]>;
  /** Compares with what was read, so that a newer value is never overwritten. */
  replacing(column: SecretColumn, old: StoredSecret, replacement: string): CompiledQuery;
}

const PAGE = 200;

/** @param keyId of the key that all are to be under */
export function oldSecrets(db: Kysely<Tables>, keyId: string): OldSecrets {
  const prefix = `v1.${keyId}.`;
  const isOld = (column: string) =>
    sql<SqlBool>`${sql.ref(column)} is not null and substr(${sql.ref(column)}, 1, ${sql.lit(prefix.length)}) <> ${prefix}`;
  return {
    async count() {
      let total = 0;
      for (const { table, column } of SECRET_COLUMNS) {
        const { rows } = await sql<{ count: number | string }>`
          select count(*) as count from ${sql.table(table)} where ${isOld(column)}`.execute(db);
        total += Number(rows[0]?.count ?? 0);
      }
      return total;
    },

    async *pages(column) {
      let after: readonly string[] | null = null;
      for (;;) {
        const rows = await page(db, column, { isOld: isOld(column.column), after });
        if (rows.length === 0) return;
        after = rows.at(-1)?.id ?? null;
        yield rows;
      }
    },

    replacing: ({ table, column, primaryKey }, { id, secret }, replacement) =>
      sql`
        update ${sql.table(table)} set ${sql.ref(column)} = ${replacement}
        where ${keyOf(primaryKey)} = ${tuple(id.map((part) => sql`${part}`))} and ${sql.ref(column)} = ${secret}
        returning 1 as replaced`.compile(db),
  };
}

async function page(
  db: Kysely<Tables>,
  { table, column, primaryKey }: SecretColumn,
  { isOld, after }: { readonly isOld: RawBuilder<SqlBool>; readonly after: readonly string[] | null },
): Promise<StoredSecret[]> {
  const isAfter = after
    ? sql<SqlBool>`${keyOf(primaryKey)} > ${tuple(after.map((part) => sql`${part}`))}`
    : sql`1 = 1`;
  const columns = sql.join(primaryKey.map((name) => sql.ref(name)));
  const { rows } = await sql<Record<string, string>>`
    select ${columns}, ${sql.ref(column)} as secret
    from ${sql.table(table)} where ${isOld} and ${isAfter}
    order by ${columns} limit ${sql.lit(PAGE)}`.execute(db);
  return rows.map(({ secret = '', ...row }) => ({ id: primaryKey.map((name) => row[name] ?? ''), secret }));
}

function keyOf(primaryKey: readonly string[]): RawBuilder<unknown> {
  return tuple(primaryKey.map((name) => sql.ref(name)));
}

function tuple(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(parts)})`;
}
