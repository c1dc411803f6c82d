import type { CustomerOnboardStore } from '../onboarding/customer-onboard.ts';
import type { CustomerEntitySessionLinks } from '../onboarding/entity-onboarding-session.ts';
import type { OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import { customerEntitySessionLinks } from './customer-entity-session-links.ts';
import { customerOnboardStore } from './customer-onboard-store.ts';
import { renewDemoRecords, type DemoRecords } from './demo-records.ts';
import { encryption } from './encryption.ts';
import { checkKeys } from './key-check.ts';
import { migrate } from './migrations.ts';
import { onboardingSessionStore } from './onboarding-session-store.ts';
import { openSqlite } from './sqlite.ts';

/** The domain's ports to what we keep. */
export interface Store {
  readonly onboardingSessions: OnboardingSessionStore;
  readonly customerOnboards: CustomerOnboardStore;
  readonly links: CustomerEntitySessionLinks;
  renewDemo(records: DemoRecords): Promise<void>;
  /** Whether the database can be reached and used right now. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

interface StoreOptions {
  /** `sqlite:<file>` or `sqlite::memory:`. */
  readonly databaseUrl: string;
  /** Of 32 bytes each: the first encrypts, all decrypt. */
  readonly encryptionKeys: readonly Buffer[];
}

/** Opens the store with its tables up to date. @throws the database's error */
export async function openStore({ databaseUrl, encryptionKeys }: StoreOptions): Promise<Store> {
  const db = openSqlite(databaseUrl.slice('sqlite:'.length));
  try {
    await migrate(db);
    await checkKeys(db, encryptionKeys);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const secrets = encryption(encryptionKeys);
  const onboardingSessions = onboardingSessionStore(db, secrets);
  const customerOnboards = customerOnboardStore(db, secrets);
  return {
    onboardingSessions,
    customerOnboards,
    renewDemo: (records) => renewDemoRecords(db, { onboardingSessions, customerOnboards }, records),
    links: customerEntitySessionLinks(db),
    isReady: () =>
      db
        .selectFrom('onboarding_session')
        .select('id')
        .limit(1)
        .execute()
        .then(
          () => true,
          () => false,
        ),
    close: () => db.destroy(),
  };
}
