import { dirname } from 'node:path';

import { databaseOf } from '../../formats/database-url.ts';

/** Where this machine keeps what it makes for itself: beside the embedded database. Null when all is in memory. */
export function dataFolderOf(databaseUrl: string): string | null {
  const database = databaseOf(databaseUrl);
  if (database.engine === 'postgres') return 'data';
  return database.file === null ? null : dirname(database.file);
}
