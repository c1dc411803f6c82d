import type { CustomerOnboard, CustomerOnboardStore } from '../onboarding/customer-onboard.ts';
import type { OnboardingSession, OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import type { Database } from './engines/database.ts';
import { queriesOf } from './write.ts';

/** What the sandbox's seeds are on our side of it. */
export interface DemoRecords {
  /** Of all that there could be; what stands under them is removed. */
  readonly ids: readonly string[];
  readonly sessions: readonly { readonly session: OnboardingSession; readonly token: string }[];
  readonly onboards: readonly CustomerOnboard[];
}

interface Stores {
  readonly onboardingSessions: OnboardingSessionStore;
  readonly customerOnboards: CustomerOnboardStore;
}

/** Puts the records in place of what is stored under their ids: the sandbox renews its seeds at each start, too. */
export async function renewDemoRecords(
  { db, write }: Database,
  { onboardingSessions, customerOnboards }: Stores,
  { ids, sessions, onboards }: DemoRecords,
): Promise<void> {
  await write([
    // Completing has an effect under the session's id, which would answer the completion of before.
    ...ids.flatMap((id) => [
      db.deleteFrom('onboarding_session').where('id', '=', id).compile(),
      db.deleteFrom('customer_onboard').where('id', '=', id).compile(),
      db.deleteFrom('effect').where('key', '=', id).compile(),
    ]),
    ...queriesOf(sessions.map(({ session, token }) => onboardingSessions.adding(session, token))),
    ...queriesOf(onboards.map((onboard) => customerOnboards.adding(onboard))),
  ]);
}
