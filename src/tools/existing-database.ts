import { existsSync } from 'node:fs';

import { StartupProblem } from '../startup-problem.ts';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/store.ts';

/** The file of an embedded database; null for PostgreSQL. @throws {StartupProblem} for one in memory, which only its own process has */
export function sqliteFileOf(databaseUrl: string): string | null {
  if (!databaseUrl.startsWith('sqlite:')) return null;
  const file = databaseUrl.slice('sqlite:'.length);
  if (file !== ':memory:') return file;
  throw new StartupProblem(['DATABASE_URL names a database in memory, which is gone with its process.']);
}

/** The database that the service has made before. Nothing is made here. @throws {StartupProblem} where there is none that can be used */
export async function existingDatabase(databaseUrl: string): Promise<Database> {
  const file = sqliteFileOf(databaseUrl);
  const place = file ?? 'the PostgreSQL database of DATABASE_URL';
  if (file !== null && !existsSync(file)) {
    throw new StartupProblem([
      `There is no database ${file} yet. Start the service once, or set DATABASE_URL.`,
    ]);
  }
  let database: Database | undefined;
  try {
    database = openDatabase(databaseUrl);
    await database.db.selectFrom('encryption_key').select('id').limit(1).execute();
    return database;
  } catch (cause) {
    await database?.close();
    throw new StartupProblem([remedyOf(cause, place)], { cause });
  }
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const POSTGRES_UNDEFINED_TABLE = '42P01';

function remedyOf(cause: unknown, place: string): string {
  const { errcode, code, message } = cause as { errcode?: number; code?: string; message: string };
  if (code === POSTGRES_UNDEFINED_TABLE || message.includes('no such table')) {
    return `There are no tables in ${place} yet. Start the service once.`;
  }
  return errcode === SQLITE_CORRUPT || errcode === SQLITE_NOTADB
    ? `The file ${place} is not a database, or is damaged. Restore it from a backup.`
    : `It is not possible to open ${place}. Check that it is there, and the permissions.`;
}
