import { randomInt } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import { isDamage } from './data-error.ts';

/** Two databases that begin here are hardly ever near each other. */
const FIRST_BELOW = 2 ** 30;
/** More than all processes together get ahead while one of them sleeps. */
const FAR = 2 ** 24;

/**
 * Counts the database's generation on, within a transaction. It stands in the header, as SQLite's `user_version`, and tells the
 * file from an older copy of itself and from another.
 */
export function countGeneration(database: DatabaseSync): void {
  const last = versionOf(database);
  database.exec(`PRAGMA user_version = ${last === 0 ? randomInt(1, FIRST_BELOW) : last + 1}`);
}

/** The generation that was written back into a file last; null when it is damaged, cut off or no database. */
export function writtenGeneration(file: string): number | null {
  // By SQLite, for to open and close a file in another way takes away the locks that this process has on it. «Immutable»: as
  // it is, without the log beside it.
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    return versionOf(database);
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  } finally {
    database.close();
  }
}

/** Whether a file may have come from the one generation to the other: only forward, and not far. 0 is before the first. */
export function mayFollow(later: number, earlier: number): boolean {
  return earlier === 0 || (later >= earlier && later - earlier < FAR);
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
