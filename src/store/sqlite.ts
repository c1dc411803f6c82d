import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely';

import type { Tables } from './tables.ts';

/** How long to wait for another process that is writing. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the embedded database, and makes the folder and file where there are none.
 * @param location a file, or `:memory:`
 * @throws the system's error when the file cannot be opened or written
 */
export function openSqlite(location: string): Kysely<Tables> {
  if (location !== ':memory:') makeFile(location);
  const database = new DatabaseSync(location, { timeout: BUSY_TIMEOUT_MS });
  database.exec('PRAGMA journal_mode = WAL');
  // FULL: what was acknowledged survives a power cut.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: asBetterSqlite(database) }) });
}

/** For its owner alone; SQLite gives its other files the same permissions. */
function makeFile(location: string): void {
  mkdirSync(dirname(resolve(location)), { recursive: true, mode: 0o700 });
  closeSync(openSync(location, 'a', 0o600));
}

/** Kysely's dialect is made for better-sqlite3, whose statements differ from node:sqlite's in how they take parameters. */
function asBetterSqlite(database: DatabaseSync) {
  return {
    close: () => database.close(),
    prepare(sql: string): SqliteStatement {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
