import type { CustomerOnboard, CustomerOnboardStore } from '../onboarding/customer-onboard.ts';
import type { CustomerEntitySessionLinks } from '../onboarding/entity-onboarding-session.ts';
import type { OnboardingSession, OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import type { Database } from './engines/database.ts';
import { queriesOf } from './write.ts';

/** What the sandbox's seeds are on our side of it. */
export interface DemoRecords {
  /** Of all that there could be; what stands under them is removed. */
  readonly ids: readonly string[];
  readonly sessions: readonly { readonly session: OnboardingSession; readonly token: string }[];
  readonly onboards: readonly CustomerOnboard[];
  readonly links: readonly Link[];
  /** Those of a sandbox that is in use no longer, which are removed. */
  readonly deadLinks: readonly Link[];
}

type Link = Parameters<CustomerEntitySessionLinks['adding']>[0];

interface Stores {
  readonly onboardingSessions: OnboardingSessionStore;
  readonly customerOnboards: CustomerOnboardStore;
  readonly links: CustomerEntitySessionLinks;
}

/**
 * Puts the records in place of what is stored under their ids: the sandbox renews its seeds at each start, too. They keep the
 * dates that they had, so that they stand below what was made since.
 */
export async function renewDemoRecords(
  { db, write }: Database,
  stores: Stores,
  { ids, sessions, onboards, links, deadLinks }: DemoRecords,
): Promise<void> {
  const dates = await datesOf(db, ids);
  await write([
    // Completing has an effect under the session's id, which would answer the completion of before.
    ...ids.flatMap((id) => [
      db.deleteFrom('onboarding_session').where('id', '=', id).compile(),
      db.deleteFrom('customer_onboard').where('id', '=', id).compile(),
      db.deleteFrom('effect').where('key', '=', id).compile(),
    ]),
    ...queriesOf(
      sessions.map(({ session, token }) =>
        stores.onboardingSessions.adding(sessionDated(session, dates.get(session.id)), token),
      ),
    ),
    ...queriesOf(
      onboards.map((onboard) =>
        stores.customerOnboards.adding({ ...onboard, createdAt: dates.get(onboard.id) ?? onboard.createdAt }),
      ),
    ),
    ...deadLinks.map(({ customerId, sessionId }) =>
      db
        .deleteFrom('customer_entity_onboarding_session')
        .where('customer_id', '=', customerId)
        .where('id', '=', sessionId)
        .compile(),
    ),
    // One that is there already stays, and its date.
    ...queriesOf(links.map((link) => stores.links.adding(link))),
  ]);
}

/** When those of the ids that are stored were created. */
async function datesOf(db: Database['db'], ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const rows = await Promise.all([
    db.selectFrom('onboarding_session').select(['id', 'created_at']).where('id', 'in', ids).execute(),
    db.selectFrom('customer_onboard').select(['id', 'created_at']).where('id', 'in', ids).execute(),
  ]);
  return new Map(rows.flat().map(({ id, created_at }) => [id, new Date(created_at)]));
}

/** Completed as long after its creation as it would be otherwise. */
function sessionDated(session: OnboardingSession, createdAt = session.createdAt): OnboardingSession {
  const { completion } = session;
  const earlierMs = session.createdAt.getTime() - createdAt.getTime();
  return {
    ...session,
    createdAt,
    completion: completion && {
      ...completion,
      completedAt: new Date(completion.completedAt.getTime() - earlierMs),
    },
  };
}
