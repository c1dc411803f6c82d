import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely';

import type { Database } from './database.ts';
import { groupCommit } from './group-commit.ts';
import type { Tables } from './tables.ts';

/** How long to wait for another process that is writing. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the embedded database, and makes the folder and file where there are none.
 * @param location a file, or `:memory:`
 * @throws the system's error when the file cannot be opened or written
 */
export function openSqlite(location: string): Database {
  if (location !== ':memory:') makeFile(location);
  const database = new DatabaseSync(location, { timeout: BUSY_TIMEOUT_MS });
  database.exec('PRAGMA journal_mode = WAL');
  // FULL: what was acknowledged survives a power cut.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  const prepare = preparedOnce(database);
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: asBetterSqlite(database, prepare) }),
  });
  return {
    db,
    now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,

    // The write lock is taken before anything is read, so that one process does it and the others then find it done.
    migrating: (change) =>
      db.connection().execute(async (connection) => {
        await sql`begin immediate`.execute(connection);
        try {
          await change(connection);
          await sql`commit`.execute(connection);
        } catch (error) {
          await sql`rollback`.execute(connection);
          throw error;
        }
      }),

    write: groupCommit({
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

/** For its owner alone; SQLite gives its other files the same permissions. */
function makeFile(location: string): void {
  mkdirSync(dirname(resolve(location)), { recursive: true, mode: 0o700 });
  closeSync(openSync(location, 'a', 0o600));
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
