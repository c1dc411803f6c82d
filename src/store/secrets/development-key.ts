import { randomBytes } from 'node:crypto';
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { dataFolderOf } from '../engines/data-folder.ts';
import { encryptionKeyOf } from '../../formats/encryption-key.ts';
import { makeFolder } from '../../formats/folder.ts';
import { textOf } from '../../formats/text-file.ts';

/** The file of the encryption key of a machine that was given none; null where all is in memory. */
export function keyFileOf(databaseUrl: string): string | null {
  const folder = dataFolderOf(databaseUrl);
  return folder === null ? null : join(folder, 'encryption-key');
}

/** The key in a file; null where there is no file. @throws {UnusableKeyFile} */
export function readKey(file: string): Buffer | null {
  try {
    const key = encryptionKeyOf(textOf(file).trim());
    if (key) return key;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UnusableKeyFile(`The key file ${file} cannot be read. Check its permissions.`, { cause });
  }
  // A new one in its place would make what is stored unreadable.
  throw new UnusableKeyFile(
    `The key in ${file} is damaged. Restore it, or remove it together with the database.`,
  );
}

/** Makes a key, in a file for its owner alone. Where another process was quicker, it is that one's. @throws {UnusableKeyFile} */
export function madeKey(file: string): Buffer {
  try {
    make(file);
  } catch (cause) {
    throw new UnusableKeyFile(
      `The key file ${file} cannot be made. Check the permissions of its folder, or set ENCRYPTION_KEYS.`,
      { cause },
    );
  }
  return readKey(file) ?? madeKey(file);
}

/** Whole or not at all, and never in place of another. */
function make(file: string): void {
  makeFolder(dirname(file));
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

/** The message says what to do. */
export class UnusableKeyFile extends Error {
  override readonly name = 'UnusableKeyFile';
}
