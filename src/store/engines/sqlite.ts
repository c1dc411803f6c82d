import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { Kysely, sql } from 'kysely';

import { makeFolder } from '../../formats/folder.ts';
import type { Database } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { dialectOf, preparedOnce } from './sqlite-dialect.ts';
import { filesOf, type Files } from './sqlite-files.ts';
import { writeBackOf, type WriteBack } from './sqlite-write-back.ts';
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
  // FULL: what was acknowledged survives a power cut.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  // One clock for all processes of a machine, which goes on whatever becomes of the time of day.
  database.function('uptime_ms', () => process.hrtime.bigint() / 1_000_000n);
  const prepare = preparedOnce(database);
  const db = new Kysely<Tables>({ dialect: dialectOf(database, prepare) });
  const files = file === null ? null : filesOf(file, database);
  const writeBack = writeBackOf(database, files);
  return {
    db,
    now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    leaseNow: sql<number>`uptime_ms()`,
    leasesEndWithMachine: true,

    migrating: (change) =>
      db.connection().execute(async (connection) => {
        await migrating(database, () => change(connection), writeBack);
      }),

    write: groupCommit({
      begin: () => begin(database, files, writeBack),
      exec: (text) => database.exec(text),
      all: (text, parameters) => prepare(text).all(...(parameters as SQLInputValue[])),
      isInTransaction: () => database.isTransaction,
    }),

    async close() {
      writeBack.end();
      // SQLite writes back when it closes: not into a file that somebody has put in the place of ours.
      if (files?.areLost()) return;
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}

/** The write lock is taken before anything is read, so that one process changes the tables and the others then find it done. */
async function migrating(database: DatabaseSync, change: () => Promise<void>, writeBack: WriteBack) {
  // From here on there may be something else to go on with. The tools, which change no tables, go on waiting.
  database.exec(`PRAGMA busy_timeout = ${BLOCKING_MS}`);
  // A new database becomes one with a write-ahead log only while nobody else has it open.
  await whenFree(database, 'PRAGMA journal_mode = WAL');
  await whenFree(database, 'BEGIN IMMEDIATE');
  try {
    await change();
    writeBack.note();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
  writeBack.begin();
}

async function begin(database: DatabaseSync, files: Files | null, writeBack: WriteBack): Promise<void> {
  await files?.check();
  await whenFree(database, 'BEGIN IMMEDIATE');
  try {
    writeBack.note();
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
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
function makeFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })) {
    // To open and close one that is there would take away the locks that this process has on it.
    accessSync(file, constants.R_OK | constants.W_OK);
    return;
  }
  makeFolder(dirname(file));
  closeSync(openSync(file, 'a', 0o600));
}
