import { Kysely, PostgresDialect, sql, type CompiledQuery } from 'kysely';
import { Pool, types as pgTypes, type CustomTypesConfig, type PoolClient } from 'pg';

import type { Database, Rows } from './database.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS = 16;
const CONNECT_TIMEOUT_MS = 3_000;
const QUERY_TIMEOUT_MS = 10_000;
/** A number of ours, that no other program is likely to lock. */
const MIGRATION_LOCK = 7_316_205_114;

/** int8, which pg reads as text because it may be larger than a JavaScript number; our moments and counters are not. */
const INT8 = 20;
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : (pgTypes.getTypeParser(oid, format) as unknown),
};

/** A database that many machines share. Connections that break are replaced when they are next needed. */
export function openPostgres(connectionString: string): Database {
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    types,
  });
  // An idle connection that breaks is no reason to end the process; the next query opens another.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,

    migrating: (change) =>
      db.connection().execute(async (connection) => {
        await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
        try {
          await change(connection);
        } finally {
          await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
        }
      }),

    write: (queries) => write(pool, queries),
    close: () => db.destroy(),
  };
}

async function write(pool: Pool, queries: readonly CompiledQuery[]): Promise<Rows[]> {
  const [only, ...others] = queries;
  if (!only) return [];
  if (others.length === 0) return [await run(pool, only)];

  const client = await pool.connect();
  try {
    await client.query('begin');
    const answers: Rows[] = [];
    for (const query of queries) answers.push(await run(client, query));
    await client.query('commit');
    client.release();
    return answers;
  } catch (error) {
    // A connection that is dropped is rolled back by the database.
    client.release(true);
    throw error;
  }
}

async function run(client: Pool | PoolClient, { sql: text, parameters }: CompiledQuery): Promise<Rows> {
  const { rows } = await client.query<Record<string, unknown>>(text, [...parameters]);
  return rows;
}
