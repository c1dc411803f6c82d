import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';

import type { Effect, EffectName } from '../onboarding/effect.ts';
import type { Database } from './engines/database.ts';
import type { Tables } from './engines/tables.ts';
import { template } from './template.ts';

type Columns = Tables['effect'];

/** What a process asks the table `effect`. Whoever writes is answered the keys of the rows that were written. */
export type EffectQueries = ReturnType<typeof effectQueries>;

/** @param owner the process that asks */
export function effectQueries({ db, now, leaseNow }: Database, owner: string) {
  const { isAbandoned, isMine } = whose(owner, leaseNow);
  const all = db.selectFrom('effect').selectAll().select(isAbandoned.as('is_abandoned'));
  const isFree = sql<SqlBool>`(${isAbandoned} or ${isMine})`;
  return {
    find: (name: EffectName) => all.where(called(name)),
    /** Nobody's any more, oldest first, and what is recorded in the name of this process. */
    left: (limit: number) => all.where(isFree).orderBy('created_at').limit(limit),
    insert: inserting(db, now, owner),
    settle: settling(db),
    take: (effect: Effect, { fingerprint, request }: { fingerprint: string; request: string | null }) =>
      db
        .updateTable('effect')
        .set({
          state: 'PENDING',
          attempt: effect.attempt + 1,
          owner,
          fingerprint,
          request_encrypted: request,
        })
        .set({ created_at: now }) // what is done anew is remembered anew
        .where(called(effect))
        .where('attempt', '=', effect.attempt)
        .where('state', '=', effect.state)
        .where(effect.state === 'PENDING' ? isFree : sql<SqlBool>`1 = 1`)
        .returning('key')
        .compile(),
  };
}

/** A process's own are never abandoned for itself, whatever became of its lease: it would do them a second time. */
function whose(owner: string, leaseNow: RawBuilder<number>) {
  const isAlive = sql`(coalesce(effect.owner = ${owner}, false) or exists (
    select 1 from process where process.id = effect.owner and process.alive_until > ${leaseNow}))`;
  return {
    isAbandoned: sql<SqlBool>`(state = 'PENDING' and not ${isAlive})`,
    isMine: sql<SqlBool>`(state = 'PENDING' and owner = ${owner})`,
  };
}

function inserting(db: Kysely<Tables>, now: RawBuilder<number>, owner: string) {
  return template<EffectName & Pick<Columns, 'fingerprint' | 'request_encrypted'>>((value) =>
    db
      .insertInto('effect')
      .values({
        operation: value('operation'),
        caller: value('caller'),
        key: value('key'),
        fingerprint: value('fingerprint'),
        state: 'PENDING',
        attempt: 1,
        owner,
        request_encrypted: value('request_encrypted'),
        result_encrypted: null,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key'),
  );
}

/** Of the newest attempt; a success also of an older one: see {@link EffectStore.settle}. */
function settling(db: Kysely<Tables>) {
  return template<EffectName & Pick<Columns, 'fingerprint' | 'state' | 'attempt' | 'result_encrypted'>>(
    (value) =>
      db
        .updateTable('effect')
        .set({ state: value('state'), result_encrypted: value('result_encrypted'), owner: null })
        .where('operation', '=', value('operation'))
        .where('caller', '=', value('caller'))
        .where('key', '=', value('key'))
        .where((where) =>
          where.or([
            where.and([where('state', '=', 'PENDING'), where('attempt', '=', value('attempt'))]),
            sql<SqlBool>`(${value('state')} = 'SUCCEEDED' and state <> 'SUCCEEDED' and fingerprint = ${value('fingerprint')})`,
          ]),
        )
        .returning('key'),
  );
}

const called = ({ operation, caller, key }: EffectName) =>
  sql<SqlBool>`(operation = ${operation} and caller = ${caller} and key = ${key})`;
