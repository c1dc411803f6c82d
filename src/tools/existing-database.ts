import { statSync } from 'node:fs';

import { StartupProblem } from '../config/startup-problem.ts';
import { databaseOf } from '../formats/database-url.ts';
import type { Database } from '../store/engines/database.ts';
import { openingProblem } from '../store/engines/opening-problem.ts';
import { openDatabase } from '../store/store.ts';

/** The file of an embedded database; null for PostgreSQL. @throws {StartupProblem} for one in memory, which only its own process has */
export function sqliteFileOf(databaseUrl: string): string | null {
  const database = databaseOf(databaseUrl);
  if (database.engine === 'postgres') return null;
  if (database.file !== null) return database.file;
  throw new StartupProblem(['DATABASE_URL names a database in memory, which is gone with its process.']);
}

/** The database that the service has made before. Nothing is made here. @throws {StartupProblem} where there is none that can be used */
export async function existingDatabase(databaseUrl: string): Promise<Database> {
  const file = sqliteFileOf(databaseUrl);
  if (file !== null) checkFile(file);
  let database: Database | undefined;
  try {
    database = openDatabase(databaseUrl);
    await database.db.selectFrom('encryption_key').select('id').limit(1).execute();
    return database;
  } catch (cause) {
    await database?.close();
    const place = file ?? 'the PostgreSQL database of DATABASE_URL';
    throw new StartupProblem(
      [
        isWithoutTables(cause)
          ? `There are no tables in ${place} yet. Start the service once.`
          : openingProblem(cause, databaseUrl),
      ],
      { cause },
    );
  }
}

function checkFile(file: string): void {
  try {
    statSync(file);
  } catch (cause) {
    throw new StartupProblem([missing(file, cause)], { cause });
  }
}

/** What to say of a file that cannot be looked at. */
export function missing(file: string, cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM'
    ? `This user may not read ${file}. Run it as the user that the service runs as.`
    : `There is no database ${file} yet. Start the service once, or set DATABASE_URL.`;
}

/** Whether the service of this version has not been started with the database yet. */
export function isOfAnEarlierVersion(cause: unknown): boolean {
  const { code, message } = cause as { code?: string; message: string };
  return code === POSTGRES_UNDEFINED_COLUMN || message.includes('no such column');
}

const POSTGRES_UNDEFINED_COLUMN = '42703';
const POSTGRES_UNDEFINED_TABLE = '42P01';

function isWithoutTables(cause: unknown): boolean {
  const { code, message } = cause as { code?: string; message: string };
  return code === POSTGRES_UNDEFINED_TABLE || message.includes('no such table');
}
