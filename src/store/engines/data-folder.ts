import { dirname } from 'node:path';

/** Where this machine keeps what it makes for itself: beside the embedded database. Null when all is in memory. */
export function dataFolderOf(databaseUrl: string): string | null {
  if (databaseUrl === 'sqlite::memory:') return null;
  return databaseUrl.startsWith('sqlite:') ? dirname(databaseUrl.slice('sqlite:'.length)) : 'data';
}
