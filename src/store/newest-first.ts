import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely';

import type { Page, PageRequest } from '../onboarding/page.ts';
import { readable } from './reachable.ts';

/** What a list that is newest first is sorted by: the columns `created_at` and `id`. */
interface Position {
  readonly id: string;
  readonly created_at: number;
}

/** A page of what a query selects. One row more is read than asked for, to know whether something follows. */
export async function newestFirst<Tables, Table extends keyof Tables, Row extends Position, T>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  { cursor, limit }: PageRequest,
  fromRow: (row: Row) => T,
): Promise<Page<T>> {
  const rows = (await readable(
    query
      .where(isAfter(cursor))
      .orderBy(sql`created_at`, 'desc')
      .orderBy(sql`id`, 'desc')
      .limit(limit + 1),
  )) as Row[];
  const kept = rows.slice(0, limit);
  const last = rows.length > limit ? kept.at(-1) : undefined;
  return { items: kept.map(fromRow), nextCursor: last ? `${last.created_at}~${last.id}` : null };
}

/** The rows after the page's cursor, which is the position of the last row before it. */
function isAfter(cursor: string | null): RawBuilder<SqlBool> {
  if (cursor === null) return sql`true`;
  const { id, created_at } = toPosition(cursor);
  return sql`(created_at, id) < (${created_at}, ${id})`;
}

function toPosition(cursor: string): Position {
  const [createdAt = '', ...id] = cursor.split('~');
  return { created_at: Number(createdAt), id: id.join('~') };
}
