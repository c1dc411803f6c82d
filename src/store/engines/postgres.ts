import {
  Kysely,
  PostgresDialect,
  sql,
  type CompiledQuery,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely';
import {
  Pool,
  types as pgTypes,
  type CustomTypesConfig,
  type DatabaseError,
  type PoolClient,
  type PoolConfig,
} from 'pg';

import type { Database, Rows } from './database.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS = 16;
const CONNECT_TIMEOUT_MS = 3_000;
const QUERY_TIMEOUT_MS = 10_000;
const VANISHED_AFTER_MS = 60_000;
/** A number of ours, that no other program is likely to lock. */
const MIGRATION_LOCK = 7_316_205_114;

/** int8, which pg reads as text because it may be larger than a JavaScript number; our moments and counters are not. */
const INT8 = 20;
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : (pgTypes.getTypeParser(oid, format) as unknown),
};

interface Options {
  /** For one query, from when it is sent. Not for those of a migration. */
  readonly queryTimeoutMs?: number;
}

/** A database that many machines share. Connections that break are replaced when they are next needed. */
export function openPostgres(
  connectionString: string,
  { queryTimeoutMs = QUERY_TIMEOUT_MS }: Options = {},
): Database {
  const pool = poolOf({ connectionString, max: CONNECTIONS, query_timeout: queryTimeoutMs });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: discarding(pool) }) });
  const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
  return {
    db,
    now,
    leaseNow: now,
    leasesEndWithMachine: false,

    migrating: (change) => migrating(connectionString, change),
    write: (queries) => write(pool, queries),
    close: () => db.destroy(),
  };
}

/** For kysely, which gives every connection back as a sound one. */
function discarding(pool: Pool): PostgresPool {
  async function connect() {
    const client = await pool.connect();
    let isSound = true;
    const query = async (text: string, parameters: readonly unknown[]) => {
      try {
        return await client.query(text, [...parameters]);
      } catch (error) {
        // Anything worse than an ERROR, or that was not said by the database: it is ending, or still at work on this.
        isSound &&= (error as DatabaseError).severity === 'ERROR';
        throw error;
      }
    };
    return { query, release: () => client.release(!isSound) } as unknown as PostgresPoolClient;
  }
  return { connect, end: () => pool.end(), options: pool.options };
}

function poolOf(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, types });
  // A connection that breaks is no reason to end the process: its query fails, and the next opens another. The pool listens
  // only to those that are idle.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * All or nothing, so that a process that dies in the middle leaves nothing behind. It has a connection of its own, on which
 * a query may take as long as it takes: the change, and the wait for another process that is making it.
 */
async function migrating(connectionString: string, change: (db: Kysely<Tables>) => Promise<void>) {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: poolOf({ connectionString, max: 1 }) }),
  });
  try {
    await db.transaction().execute(async (transaction) => {
      // A machine that vanished in the middle must not keep the others waiting.
      await sql`set local idle_in_transaction_session_timeout = ${sql.lit(VANISHED_AFTER_MS)}`.execute(
        transaction,
      );
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
      await change(transaction);
    });
  } finally {
    await db.destroy();
  }
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
