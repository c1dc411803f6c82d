import type { Kysely } from 'kysely';

import type { CustomerOnboard, CustomerOnboardStore } from '../onboarding/customer-onboard.ts';
import type { OnboardingSession, OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import type { Tables } from './tables.ts';

/** What the sandbox's seeds are on our side of it. */
export interface DemoRecords {
  readonly sessions: readonly { readonly session: OnboardingSession; readonly token: string }[];
  readonly onboards: readonly CustomerOnboard[];
}

interface Stores {
  readonly onboardingSessions: OnboardingSessionStore;
  readonly customerOnboards: CustomerOnboardStore;
}

/** Puts the records in place of what is stored under their ids: the sandbox renews its seeds at each start, too. */
export async function renewDemoRecords(
  db: Kysely<Tables>,
  { onboardingSessions, customerOnboards }: Stores,
  { sessions, onboards }: DemoRecords,
): Promise<void> {
  for (const { session, token } of sessions) {
    await db.deleteFrom('onboarding_session').where('id', '=', session.id).execute();
    await onboardingSessions.add(session, token);
  }
  for (const onboard of onboards) {
    await db.deleteFrom('customer_onboard').where('id', '=', onboard.id).execute();
    await customerOnboards.add(onboard);
  }
}
