import { setTimeout as delay } from 'node:timers/promises';

import { databaseOf } from '../formats/database-url.ts';
import type { CustomerOnboardStore } from '../onboarding/customer-onboard.ts';
import type { EffectCensus, EffectStore, Write } from '../onboarding/effect.ts';
import type { CustomerEntitySessionLinks } from '../onboarding/entity-onboarding-session.ts';
import type { OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import { customerEntitySessionLinks } from './customer-entity-session-links.ts';
import { customerOnboardStore } from './customer-onboard-store.ts';
import type { Database } from './engines/database.ts';
import { renewDemoRecords, type DemoRecords } from './demo-records.ts';
import { effectCensus } from './effect-census.ts';
import { effectStore } from './effect-store.ts';
import { keyFileOf } from './secrets/development-key.ts';
import { derivedKeys, encryption, keyIdOf } from './secrets/encryption.ts';
import { fingerprints } from './secrets/fingerprint.ts';
import { keysFor } from './secrets/key-check.ts';
import { migrate } from './engines/migrations.ts';
import { onboardingSessionStore } from './onboarding-session-store.ts';
import { openPostgres } from './engines/postgres.ts';
import { holdLease } from './process-lease.ts';
import { openSqlite } from './engines/sqlite.ts';
import { queriesOf } from './write.ts';

const READY_WITHIN_MS = 3_000;

/** What a transaction is carried out within. `size` is the number of its queries. */
export type OnTransaction = <T>(
  of: { readonly engine: 'sqlite' | 'postgres'; readonly size: number },
  write: () => Promise<T>,
) => Promise<T>;

/** The domain's ports to what we keep. */
export interface Store {
  readonly effectStore: EffectStore;
  readonly onboardingSessions: OnboardingSessionStore;
  readonly customerOnboards: CustomerOnboardStore;
  readonly links: CustomerEntitySessionLinks;
  /** Makes the writes, all or none. */
  readonly write: (...writes: readonly Write[]) => Promise<void>;
  /** Keys for another purpose out of the encryption keys, in their order. */
  derivedKeys(purpose: string): readonly Buffer[];
  /** How many effects are in which state. @throws the database's error */
  effectCensus(): Promise<EffectCensus>;
  renewDemo(records: DemoRecords): Promise<void>;
  /** Whether the database can be reached and used right now; no when it does not say so within 3 s. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `sqlite:<file>`, `sqlite::memory:` or `postgres://…`. */
  readonly databaseUrl: string;
  /** Of 32 bytes each: the first encrypts, all decrypt. Null: the one in the file beside the database, which is made for a new one. */
  readonly encryptionKeys: readonly Buffer[] | null;
  /** Told once when the database stops to take writes, with its error, and once when it takes them again, with null. */
  readonly onOutage?: (cause: unknown) => void;
  /** Stands around each transaction. */
  readonly onTransaction?: OnTransaction;
  /** Told of each transaction that writes: how long it took, and whether it was made. */
  readonly onWritten?: (durationMs: number, isDone: boolean) => void;
}

/**
 * Opens the store with its tables up to date.
 * @throws {MissingEncryptionKey} when it holds secrets under another key
 * @throws {UnusableKeyFile} when there is a key file that holds no key, or none can be made
 * @throws the database's error
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = timed(watched(openDatabase(options.databaseUrl), options), options.onWritten);
  try {
    return await storeIn(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function watched(database: Database, { databaseUrl, onTransaction }: StoreOptions): Database {
  if (!onTransaction) return database;
  const { engine } = databaseOf(databaseUrl);
  return {
    ...database,
    write: (queries) => onTransaction({ engine, size: queries.length }, () => database.write(queries)),
  };
}

/** The database that a URL names. Nothing is read or written yet. */
export function openDatabase(databaseUrl: string): Database {
  const named = databaseOf(databaseUrl);
  return named.engine === 'sqlite' ? openSqlite(named.file) : openPostgres(named.url);
}

function timed(database: Database, onWritten: StoreOptions['onWritten']): Database {
  if (!onWritten) return database;
  return {
    ...database,
    async write(queries) {
      const start = performance.now();
      let isDone = false;
      try {
        const rows = await database.write(queries);
        isDone = true;
        return rows;
      } finally {
        onWritten(performance.now() - start, isDone);
      }
    },
  };
}

async function storeIn(
  database: Database,
  { databaseUrl, encryptionKeys: given, onOutage = () => undefined }: StoreOptions,
): Promise<Store> {
  const { db, write } = database;
  await migrate(database);
  const encryptionKeys = await keysFor(db, given, keyFileOf(databaseUrl));
  const lease = await holdLease(database, { keyIds: encryptionKeys.map(keyIdOf), onOutage });
  const secrets = encryption(encryptionKeys);
  const onboardingSessions = onboardingSessionStore(db, secrets);
  const customerOnboards = customerOnboardStore(db, secrets);
  const links = customerEntitySessionLinks(db);
  return {
    effectStore: effectStore({
      database,
      encryption: secrets,
      lease,
      fingerprints: fingerprints(encryptionKeys),
    }),
    onboardingSessions,
    customerOnboards,
    links,
    write: async (...writes) => {
      await write(queriesOf(writes));
    },
    derivedKeys: (purpose) => derivedKeys(encryptionKeys, purpose),
    effectCensus: () => effectCensus(database),
    renewDemo: (records) =>
      renewDemoRecords(database, { onboardingSessions, customerOnboards, links }, records),
    isReady: () =>
      Promise.race([
        lease.beat().then(
          () => true,
          () => false,
        ),
        delay(READY_WITHIN_MS, false, { ref: false }),
      ]),
    async close() {
      await lease.end().catch(() => undefined); // out of reach: the lease ends by itself
      await database.close();
    },
  };
}
