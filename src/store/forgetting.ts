import { setImmediate } from 'node:timers/promises';

import { sql } from 'kysely';

import type { Database } from './engines/database.ts';
import { reachable } from './reachable.ts';

const FORGOTTEN_AT_ONCE = 1_000;

/** Forgets effects that were begun longer ago than this, unless they are under way, and the processes that are dead. */
export async function forget({ db, now, leaseNow, write }: Database, olderThanMs: number): Promise<void> {
  const { rows } = await reachable(() => sql<{ at: number }>`select ${now} as at`.execute(db));
  const forgetSome = forgettingBefore(db, (rows[0]?.at ?? 0) - olderThanMs);
  // Some at a time: SQLite lets nobody else have a turn before it has deleted all that it is told to.
  for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE; await setImmediate()) {
    const [keys] = await reachable(() => write([forgetSome]));
    forgotten = keys?.length ?? 0;
  }
  // One that was only paused says so again as soon as it wakes.
  const dead = db.deleteFrom('process').where('alive_until', '<', leaseNow);
  await reachable(() => write([dead.compile()]));
}

function forgettingBefore(db: Database['db'], moment: number) {
  const some = db
    .selectFrom('effect')
    .select(['operation', 'caller', 'key'])
    .where('created_at', '<', moment)
    .where('state', '!=', 'PENDING')
    .limit(FORGOTTEN_AT_ONCE)
    .$asTuple('operation', 'caller', 'key');
  return (
    db
      .deleteFrom('effect')
      .where(({ eb, refTuple }) => eb(refTuple('operation', 'caller', 'key'), 'in', some))
      // Once more: somebody may take one up again while it is waited for.
      .where('created_at', '<', moment)
      .where('state', '!=', 'PENDING')
      .returning('key')
      .compile()
  );
}
