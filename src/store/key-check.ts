import type { Database } from './database.ts';
import { keyIdOf } from './encryption.ts';

/** The database holds secrets under a key that was not given. The message names the remedy. */
export class MissingEncryptionKey extends Error {
  override readonly name = 'MissingEncryptionKey';

  constructor(ids: readonly string[]) {
    super(
      `The database holds secrets under an encryption key that is missing (${ids.join(', ')}). ` +
        'Add that key to the end of ENCRYPTION_KEYS, or restore data/encryption-key.',
    );
  }
}

/**
 * Notes which keys secrets are stored under, and checks that all of them are at hand: better at start than at the first
 * secret that cannot be read.
 * @throws {MissingEncryptionKey}
 */
export async function checkKeys({ db, write }: Database, keys: readonly Buffer[]): Promise<void> {
  const given = keys.map(keyIdOf);
  const used = await db.selectFrom('encryption_key').select('id').execute();
  const missing = used.map(({ id }) => id).filter((id) => !given.includes(id));
  if (missing.length > 0) throw new MissingEncryptionKey(missing);
  const [id] = given;
  if (id === undefined) return;
  const note = db
    .insertInto('encryption_key')
    .values({ id })
    .onConflict((conflict) => conflict.doNothing());
  await write([note.compile()]);
}
