import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The encryption key of a machine that was given none: made once, kept in `folder` for its owner alone; in memory only, where
 * there is no folder.
 * @throws the system's error when the folder cannot be written
 */
export function developmentKey(folder: string | null): Buffer {
  if (folder === null) return randomBytes(32);
  const file = join(folder, 'encryption-key');
  if (!existsSync(file)) make(folder, file);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new MalformedKeyFile(file);
  return key;
}

/** Whole or not at all, and never in place of another: of two processes that start at once, both use the first one's. */
function make(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The key file does not hold a key; a new one would make what is stored unreadable. */
export class MalformedKeyFile extends Error {
  override readonly name = 'MalformedKeyFile';

  readonly file: string;

  constructor(file: string) {
    super('The key file does not hold 32 bytes in base64');
    this.file = file;
  }
}
