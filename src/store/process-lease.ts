import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';

import type { Database } from './database.ts';

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

/** Says so at once, and then every few seconds. */
export async function holdLease({ db, now, write }: Database): Promise<ProcessLease> {
  const id = randomUUID();
  let heldUntil = 0;

  async function beat(): Promise<void> {
    const start = performance.now();
    const aliveUntil = sql<number>`${now} + ${sql.lit(LEASE_MS)}`;
    const alive = db
      .insertInto('process')
      .values({ id, alive_until: aliveUntil })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ alive_until: aliveUntil }));
    await write([alive.compile()]);
    heldUntil = start + TRUSTED_MS;
  }

  await beat();
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
