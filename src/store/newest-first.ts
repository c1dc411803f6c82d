import { sql, type RawBuilder, type SqlBool } from 'kysely';

import type { Page, PageRequest } from '../onboarding/page.ts';

/** What a list that is newest first is sorted by: the columns `created_at` and `id`. */
interface Position {
  readonly id: string;
  readonly created_at: number;
}

/** The rows after the page's cursor, which is the position of the last row before it. */
export function isAfter(cursor: string | null): RawBuilder<SqlBool> {
  if (cursor === null) return sql`true`;
  const { id, created_at } = toPosition(cursor);
  return sql`(created_at, id) < (${created_at}, ${id})`;
}

/** One row more is read than asked for, to know whether something follows. */
export const readAhead = ({ limit }: PageRequest): number => limit + 1;

/** Cuts what was read ahead into a page. */
export function toPage<Row extends Position, T>(
  rows: readonly Row[],
  { limit }: PageRequest,
  fromRow: (row: Row) => T,
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = rows.length > limit ? kept.at(-1) : undefined;
  return { items: kept.map(fromRow), nextCursor: last ? `${last.created_at}~${last.id}` : null };
}

function toPosition(cursor: string): Position {
  const [createdAt = '', ...id] = cursor.split('~');
  return { created_at: Number(createdAt), id: id.join('~') };
}
