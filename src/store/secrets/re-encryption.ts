import type { CompiledQuery } from 'kysely';

import type { Database } from '../engines/database.ts';
import { encryption, keyIdOf, UndecryptableSecret } from './encryption.ts';
import { noting } from './key-check.ts';
import { forgetUnusedKeysBut, othersThan, type Others } from './keys-in-use.ts';
import { oldSecrets, type StoredSecret } from './old-secrets.ts';
import { SECRET_COLUMNS, type SecretColumn } from './secret-columns.ts';

/** One secret that is left as it is, and what to do about it. Nothing of the secret is in it. */
export interface Unreadable {
  readonly table: string;
  /** Its primary key. */
  readonly id: readonly string[];
  readonly remedy: string;
}

export interface Batch {
  /** How many rows were looked at. */
  readonly size: number;
  readonly reEncrypted: number;
  readonly unreadable: readonly Unreadable[];
}

/** Brings what is stored under an older key under the first one, while others read and write. */
export interface ReEncryption {
  /** The processes that are alive, and were started with other keys. */
  others(): Promise<Others>;
  /** How many secrets are not under the first key. */
  remaining(): Promise<number>;
  /** Goes over all of them once, a transaction for each batch. What another process has replaced meanwhile is left alone. */
  batches(): AsyncGenerator<Batch>;
  /**
   * Forgets the keys that nothing is stored under, and that no process alive writes under, so that the service starts without
   * them; their ids.
   */
  forgetUnusedKeys(): Promise<string[]>;
}

/** @param keys the first is the one to bring secrets under, all decrypt */
export function reEncryption(database: Database, keys: readonly Buffer[]): ReEncryption {
  const { db, write } = database;
  const [currentId = ''] = keys.map(keyIdOf);
  const old = oldSecrets(db, currentId);
  const renewed = renewing(keys);
  return {
    others: () => othersThan(currentId, database),
    remaining: () => old.count(),
    forgetUnusedKeys: () => forgetUnusedKeysBut(currentId, database),

    async *batches() {
      // Before anything is under it: whoever starts without this key is to be told, not to read half of what there is.
      await db.executeQuery(noting(db, currentId));
      for (const column of SECRET_COLUMNS) {
        for await (const page of old.pages(column)) {
          const outcomes = page.map((secret) => renewed(column, secret));
          const queries = outcomes.flatMap(({ replacement, of }) =>
            replacement === undefined ? [] : [old.replacing(column, of, replacement)],
          );
          yield {
            size: page.length,
            reEncrypted: await countReplaced(write, queries),
            unreadable: outcomes.flatMap(({ unreadable }) => unreadable ?? []),
          };
        }
      }
    },
  };
}

interface Renewed {
  readonly of: StoredSecret;
  readonly replacement?: string;
  readonly unreadable?: Unreadable;
}

/** Either a secret under the first key, or why it cannot be read. */
function renewing(keys: readonly Buffer[]): (column: SecretColumn, of: StoredSecret) => Renewed {
  const secrets = encryption(keys);
  return ({ table, place: placeOf }, of) => {
    const place = placeOf(of.id);
    try {
      return { of, replacement: secrets.encrypt(secrets.decrypt(of.secret, place), place) };
    } catch (error) {
      if (!(error instanceof UndecryptableSecret)) throw error;
      return { of, unreadable: { table, id: of.id, remedy: error.message } };
    }
  };
}

async function countReplaced(write: Database['write'], queries: readonly CompiledQuery[]): Promise<number> {
  return (await write(queries)).flat().length;
}
