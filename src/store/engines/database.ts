import type { CompiledQuery, Kysely, RawBuilder } from 'kysely';

import type { Tables } from './tables.ts';

/** The rows that one query answered. */
export type Rows = readonly Record<string, unknown>[];

/** The database behind the stores. kysely builds the queries, the same for every engine. */
export interface Database {
  /** For reading, and to build queries with. */
  readonly db: Kysely<Tables>;
  /** The database's own clock, in milliseconds: the one that all processes share. */
  readonly now: RawBuilder<number>;
  /**
   * The clock that leases are told by, in milliseconds. Where all processes are on one machine it is one that does not jump,
   * and begins anew with the machine: else the database's own.
   */
  readonly leaseNow: RawBuilder<number>;
  /** Whether that clock begins anew with the machine. */
  readonly leasesEndWithMachine: boolean;
  /** Makes changes of the tables, one process at a time. */
  migrating(change: (db: Kysely<Tables>) => Promise<void>): Promise<void>;
  /** Carries out all of them or none; the rows of each. What it answers is durable. */
  write(queries: readonly CompiledQuery[]): Promise<Rows[]>;
  close(): Promise<void>;
}
