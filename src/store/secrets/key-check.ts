import { randomBytes } from 'node:crypto';

import type { CompiledQuery, Kysely } from 'kysely';

import { madeKey, readKey } from './development-key.ts';
import { keyIdOf } from './encryption.ts';
import type { Tables } from '../engines/tables.ts';

/** The database holds secrets under a key that is not at hand. The message names the remedy. */
export class MissingEncryptionKey extends Error {
  override readonly name = 'MissingEncryptionKey';

  constructor(missing: readonly string[], remedy: string) {
    super(
      `The database holds secrets under an encryption key that is missing (${missing.join(', ')}). ${remedy}`,
    );
  }
}

/**
 * The keys that were given; without any, the one in `file`, which is made for a database without secrets. All that secrets are
 * stored under must be among them: better told at start than by the first secret that cannot be read.
 * @param file null: in memory
 * @throws {MissingEncryptionKey}
 * @throws {UnusableKeyFile}
 */
export async function keysFor(
  db: Kysely<Tables>,
  given: readonly Buffer[] | null,
  file: string | null,
): Promise<readonly Buffer[]> {
  const used = (await db.selectFrom('encryption_key').select('id').execute()).map(({ id }) => id);
  const keys = given ?? [ownKey(used, file)];
  const ids = keys.map(keyIdOf);
  const missing = used.filter((id) => !ids.includes(id));
  if (missing.length === 0) return keys;
  throw new MissingEncryptionKey(
    missing,
    given
      ? `Add that key to the end of ENCRYPTION_KEYS, which holds ${ids.join(', ')}.`
      : `The one in ${file} is ${ids.join()}. Put the right file in its place, or set ENCRYPTION_KEYS.`,
  );
}

function ownKey(used: readonly string[], file: string | null): Buffer {
  if (file === null) return randomBytes(32);
  const key = readKey(file);
  if (key) return key;
  if (used.length === 0) return madeKey(file);
  throw new MissingEncryptionKey(
    used,
    `ENCRYPTION_KEYS is not set, and there is no file ${file}. Set the one, or restore the other.`,
  );
}

/** Notes that secrets are stored under this key: whoever starts without it is to be told. */
export function noting(db: Kysely<Tables>, id: string): CompiledQuery {
  return db
    .insertInto('encryption_key')
    .values({ id })
    .onConflict((conflict) => conflict.doNothing())
    .compile();
}
