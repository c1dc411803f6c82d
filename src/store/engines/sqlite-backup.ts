import { closeSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { backup, DatabaseSync } from 'node:sqlite';

const BUSY_TIMEOUT_MS = 10_000;
/** At a time, between two reports of how far it is. */
const PAGES = 100;

export interface BackupOptions {
  /** How many pages of how many are copied. */
  readonly onProgress: (done: number, total: number) => void;
  /** Gives it up, and leaves nothing behind. */
  readonly signal: AbortSignal;
}

/**
 * Copies an embedded database as it is at this moment, while others write to it. The copy is for its owner alone, and has its
 * name only once it is whole and was checked.
 * @throws the system's error, or the signal's reason; nothing is left behind then
 */
export async function backUpSqlite(
  file: string,
  target: string,
  { onProgress, signal }: BackupOptions,
): Promise<void> {
  const draft = `${target}.${randomBytes(6).toString('hex')}.part`;
  closeSync(openSync(draft, 'wx', 0o600));
  try {
    await copy(file, draft, { onProgress, signal });
    finish(draft);
    await setImmediate(); // for a signal that came meanwhile
    signal.throwIfAborted();
    if (lstatSync(target, { throwIfNoEntry: false }))
      throw new Error('the file was made by somebody else meanwhile');
    renameSync(draft, target);
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
  }
}

async function copy(file: string, draft: string, { onProgress, signal }: BackupOptions): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    // One view of it from beginning to end. Without, whatever others write would start the copy over.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    const total = await backup(source, draft, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => {
        signal.throwIfAborted();
        onProgress(totalPages - remainingPages, totalPages);
      },
    });
    onProgress(total, total);
  } finally {
    source.close();
  }
}

/** One file that needs no other beside it, and that is sound. */
function finish(draft: string): void {
  const database = new DatabaseSync(draft);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
    const { integrity_check: verdict } = database.prepare('PRAGMA integrity_check').get() ?? {};
    if (verdict !== 'ok') throw new Error(`the database is damaged (${String(verdict)})`);
  } finally {
    database.close();
  }
}
