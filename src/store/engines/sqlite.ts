import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely';

import { makeFolder } from '../../formats/folder.ts';
import type { Database } from './database.ts';
import { groupCommit } from './group-commit.ts';
import type { Tables } from './tables.ts';

/** How long to wait for another process that is writing. */
const BUSY_TIMEOUT_MS = 10_000;
/** How much of that SQLite itself may wait in a service, for nothing else goes on meanwhile. */
const BLOCKING_MS = 20;
const TRY_AGAIN_MS = 5;
const SQLITE_BUSY = 5;

/**
 * Opens the embedded database, and makes the folder and file where there are none.
 * @param file null: in memory
 * @throws the system's error when the file cannot be opened or written
 */
export function openSqlite(file: string | null): Database {
  if (file !== null) makeFile(file);
  // Even a PRAGMA that reads has to wait where another process is just making it a database with a write-ahead log.
  const database = new DatabaseSync(file ?? ':memory:', { timeout: BUSY_TIMEOUT_MS });
  const checkPlace = file === null ? () => undefined : placeCheck(file);
  // FULL: what was acknowledged survives a power cut.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  // One clock for all processes of a machine, which goes on whatever becomes of the time of day.
  database.function('uptime_ms', () => process.hrtime.bigint() / 1_000_000n);
  const prepare = preparedOnce(database);
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: asBetterSqlite(database, prepare) }),
  });
  return {
    db,
    now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    leaseNow: sql<number>`uptime_ms()`,
    leasesEndWithMachine: true,

    // The write lock is taken before anything is read, so that one process does it and the others then find it done.
    migrating: (change) =>
      db.connection().execute(async (connection) => {
        // From here on there may be something else to go on with. The tools, which change no tables, go on waiting.
        database.exec(`PRAGMA busy_timeout = ${BLOCKING_MS}`);
        // A new database becomes one with a write-ahead log only while nobody else has it open.
        await whenFree(database, 'PRAGMA journal_mode = WAL');
        await whenFree(database, 'BEGIN IMMEDIATE');
        try {
          await change(connection);
          database.exec('COMMIT');
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),

    write: groupCommit({
      begin() {
        checkPlace();
        return whenFree(database, 'BEGIN IMMEDIATE');
      },
      exec: (text) => database.exec(text),
      all: (text, parameters) => prepare(text).all(...(parameters as SQLInputValue[])),
      isInTransaction: () => database.isTransaction,
    }),

    async close() {
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}

/** Waits for other processes without keeping this one from anything else. @throws SQLite's error after 10 s */
async function whenFree(database: DatabaseSync, statement: string): Promise<void> {
  for (const end = performance.now() + BUSY_TIMEOUT_MS; ; await delay(TRY_AGAIN_MS)) {
    try {
      database.exec(statement);
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
  }
}

/** The low byte of SQLite's extended codes is the plain one. */
function isBusy(error: unknown): boolean {
  return (((error as { errcode?: number }).errcode ?? 0) & 0xff) === SQLITE_BUSY;
}

/** For its owner alone; SQLite gives its other files the same permissions. */
function makeFile(location: string): void {
  makeFolder(dirname(location));
  closeSync(openSync(location, 'a', 0o600));
}

/** Throws once the file is no longer the one that is at its place now: what was written to it would be gone with the process. */
function placeCheck(location: string): () => void {
  const identity = () => {
    const file = statSync(location, { bigint: true, throwIfNoEntry: false });
    return file && `${file.dev} ${file.ino}`;
  };
  const opened = identity();
  return () => {
    if (identity() === opened) return;
    throw new Error(
      `The file ${location} was deleted or replaced while it was in use. Nothing more is written. Put the right one in its place, and restart`,
    );
  };
}

/** Kysely's dialect is made for better-sqlite3, whose statements differ from node:sqlite's in how they take parameters. */
function asBetterSqlite(database: DatabaseSync, prepare: (text: string) => StatementSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}

const MAX_PREPARED = 200;

/** Prepares each statement once. The program has a few dozen; the bound is for lists of ids, each length a statement. */
function preparedOnce(database: DatabaseSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= MAX_PREPARED) statements.clear();
    const statement = database.prepare(text);
    statements.set(text, statement);
    return statement;
  };
}
