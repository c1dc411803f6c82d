import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';

import type { Database } from './engines/database.ts';
import { noting } from './secrets/key-check.ts';

const LEASE_MS = 15_000;
const HEARTBEAT_MS = 3_000;
/** Our own clock's margin: it is not trusted for as long as the lease lasts. */
const TRUSTED_MS = 9_000;

/** This process among those that share the store: alive for as long as it says so. */
export interface ProcessLease {
  readonly id: string;
  /** Says once more that this process is alive: a write that shows that the database takes writes. @throws the database's error */
  beat(): Promise<void>;
  /** Makes sure that the others hold this process for alive. @throws the database's error */
  hold(): Promise<void>;
  /** Says goodbye: what this process left undone may be taken over at once. */
  end(): Promise<void>;
}

interface Options {
  /** Of the encryption keys that this process has; it writes under the first. */
  readonly keyIds: readonly string[];
  /** Told once when the database stops to take writes, with its error, and once when it takes them again, with null. */
  readonly onOutage: (cause: unknown) => void;
}

/** Says so at once, and then every few seconds. */
export async function holdLease(database: Database, { keyIds, onOutage }: Options): Promise<ProcessLease> {
  const { db, leaseNow, write } = database;
  const id = randomUUID();
  const [ownKeyId = ''] = keyIds;
  let heldUntil = 0;
  let isOut = false;
  let underWay: Promise<void> | null = null;

  /** One at a time: whoever asks while the database does not answer must not keep one more of its connections waiting. */
  const beat = () =>
    (underWay ??= tryToRenew().finally(() => {
      underWay = null;
    }));

  async function tryToRenew(): Promise<void> {
    try {
      await renew();
    } catch (error) {
      if (!isOut) onOutage(error);
      isOut = true;
      throw error;
    }
    if (isOut) onOutage(null);
    isOut = false;
  }

  async function renew(): Promise<void> {
    const start = performance.now();
    const aliveUntil = sql<number>`${leaseNow} + ${sql.lit(LEASE_MS)}`;
    const alive = db
      .insertInto('process')
      .values({ id, alive_until: aliveUntil, key_ids: keyIds.join(' ') })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ alive_until: aliveUntil }));
    // Whoever took this process for dead may have forgotten its key, and it goes on writing under it.
    await write([alive.compile(), noting(db, ownKeyId)]);
    heldUntil = start + TRUSTED_MS;
  }

  if (database.leasesEndWithMachine) await endThoseOfBefore(database);
  await renew();
  // One that fails is made up for by the next, or by whoever needs the lease.
  const timer = setInterval(() => void beat().catch(() => undefined), HEARTBEAT_MS);
  timer.unref();
  return {
    id,
    beat,
    hold: async () => {
      if (performance.now() > heldUntil) await beat();
    },
    async end() {
      clearInterval(timer);
      await write([db.deleteFrom('process').where('id', '=', id).compile()]);
    },
  };
}

/**
 * Ends the leases of before the machine was started: its clock has yet to come as far. Those of an earlier version, which told
 * them by the time of day, are left alone for as long as they hold.
 */
async function endThoseOfBefore({ db, now, leaseNow, write }: Database): Promise<void> {
  const ended = db
    .deleteFrom('process')
    .where('alive_until', '>', sql<number>`${leaseNow} + ${sql.lit(LEASE_MS)}`)
    .where('alive_until', '<', now);
  await write([ended.compile()]);
}
