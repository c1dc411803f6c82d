import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';

import { sql, type CompiledQuery, type SqlBool } from 'kysely';

import type { Effect, EffectName, EffectStore } from '../onboarding/effect.ts';
import type { Database } from './engines/database.ts';
import type { Encryption } from './secrets/encryption.ts';
import { placeOf } from './secrets/secret-columns.ts';
import type { Fingerprints } from './secrets/fingerprint.ts';
import type { ProcessLease } from './process-lease.ts';
import { reachable } from './reachable.ts';
import type { Tables } from './engines/tables.ts';
import { Tally } from './tally.ts';
import { template } from './template.ts';
import { queriesOf } from './write.ts';

interface Options {
  readonly database: Database;
  readonly encryption: Encryption;
  readonly lease: ProcessLease;
  readonly fingerprints: Fingerprints;
}

const FORGOTTEN_AT_ONCE = 1_000;

type Row = Tables['effect'] & { readonly is_abandoned: number | boolean };

export function effectStore({ database, encryption, lease, fingerprints }: Options): EffectStore {
  const { db, now, write } = database;

  const isAlive = sql`exists (select 1 from process where process.id = effect.owner and process.alive_until > ${now})`;
  const isAbandoned = sql<SqlBool>`(state = 'PENDING' and not ${isAlive})`;
  const all = db.selectFrom('effect').selectAll().select(isAbandoned.as('is_abandoned'));
  const isMine = sql<SqlBool>`(state = 'PENDING' and owner = ${lease.id})`;
  /**
   * What this process is carrying out: held from before it is recorded until after it is settled.
   */
  const underWay = new Tally();
  /**
   * What was recorded in the name of this process, and is not under way in it. Seen once, it may have been settled while it
   * was being read; seen again seconds later, its recording broke off.
   */
  let suspects: ReadonlySet<string> = new Set();

  /** Records or takes something; it stays held when that answers a row. */
  async function holding(name: EffectName, query: CompiledQuery): Promise<boolean> {
    underWay.hold(idOf(name));
    let isHeld = false;
    try {
      const [rows] = await reachable(() => write([query]));
      isHeld = rows !== undefined && rows.length > 0;
      return isHeld;
    } finally {
      if (!isHeld) underWay.release(idOf(name));
    }
  }

  /** Requests and results hold credentials and personal data. v8's format keeps dates as they are. */
  const seal = (value: unknown, what: string, name: EffectName) =>
    value === undefined ? null : encryption.encrypt(serialize(value).toString('base64'), placeOf(what, name));
  const unseal = (sealed: string | null, what: string, name: EffectName): unknown =>
    sealed === null
      ? undefined
      : deserialize(Buffer.from(encryption.decrypt(sealed, placeOf(what, name)), 'base64'));

  const toEffect = (row: Row): Effect => ({
    operation: row.operation,
    caller: row.caller,
    key: row.key,
    state: row.state,
    fingerprint: row.fingerprint,
    attempt: row.attempt,
    request: unseal(row.request_encrypted, 'request', row),
    result: unseal(row.result_encrypted, 'result', row),
    isAbandoned: Boolean(row.is_abandoned),
  });

  /** One that cannot be decrypted must not keep the others from being taken over. */
  const toReadableEffect = (row: Row): Effect => {
    try {
      return toEffect(row);
    } catch {
      return toEffect({ ...row, request_encrypted: null, result_encrypted: null });
    }
  };

  const insert = template<EffectName & Pick<Tables['effect'], 'fingerprint' | 'request_encrypted'>>((value) =>
    db
      .insertInto('effect')
      .values({
        operation: value('operation'),
        caller: value('caller'),
        key: value('key'),
        fingerprint: value('fingerprint'),
        state: 'PENDING',
        attempt: 1,
        owner: lease.id,
        request_encrypted: value('request_encrypted'),
        result_encrypted: null,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key'),
  );

  const settle = template<
    EffectName & Pick<Tables['effect'], 'fingerprint' | 'state' | 'attempt' | 'result_encrypted'>
  >((value) =>
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

  async function find(name: EffectName): Promise<Effect | null> {
    const row = await reachable(() => all.where(called(name)).executeTakeFirst());
    return row ? toEffect(row) : null;
  }

  async function begin(
    name: EffectName,
    { fingerprint, request }: { fingerprint: string; request: unknown },
  ): Promise<{ effect: Effect; isNew: boolean }> {
    await reachable(() => lease.hold());
    const query = insert({ ...name, fingerprint, request_encrypted: seal(request, 'request', name) });
    if (await holding(name, query)) {
      const state = { state: 'PENDING', attempt: 1, result: undefined, isAbandoned: false } as const;
      return { effect: { ...name, ...state, fingerprint, request }, isNew: true };
    }
    const effect = await find(name);
    // It was swept away between the two queries: 30 days old, and so it may begin anew.
    return effect ? { effect, isNew: false } : begin(name, { fingerprint, request });
  }

  return {
    fingerprints: fingerprints.of,
    isComparable: fingerprints.isComparable,
    find,

    begin,

    async take(effect, { fingerprint, request }) {
      await reachable(() => lease.hold());
      const update = db
        .updateTable('effect')
        .set({
          state: 'PENDING',
          attempt: effect.attempt + 1,
          owner: lease.id,
          created_at: now, // what is done anew is remembered anew
          fingerprint,
          request_encrypted: seal(request, 'request', effect),
        })
        .where(called(effect))
        .where('attempt', '=', effect.attempt)
        .where('state', '=', effect.state)
        .where(effect.state === 'PENDING' ? sql<SqlBool>`(${isAbandoned} or ${isMine})` : sql<SqlBool>`1 = 1`)
        .returning('key');
      if (!(await holding(effect, update.compile()))) return null;
      return {
        ...effect,
        state: 'PENDING',
        attempt: effect.attempt + 1,
        fingerprint,
        request,
        isAbandoned: false,
      };
    },

    async settle(effect, { state, result }, writes = []) {
      const { operation, caller, key, fingerprint, attempt } = effect;
      const query = settle({
        operation,
        caller,
        key,
        fingerprint,
        attempt,
        state,
        result_encrypted: seal(result, 'result', effect),
      });
      const answers = await reachable(() => write([...queriesOf(writes), query]));
      underWay.release(idOf(effect));
      return answers.at(-1)?.length === 1;
    },

    drop: (effect) => underWay.release(idOf(effect)),

    async abandoned(limit) {
      const left = sql<SqlBool>`(${isAbandoned} or ${isMine})`;
      const rows = await reachable(() => all.where(left).orderBy('created_at').limit(limit).execute());
      const effects = rows.map(toReadableEffect);
      const mine = effects.filter((effect) => !effect.isAbandoned && !underWay.has(idOf(effect)));
      const known = suspects;
      suspects = new Set(mine.map(attemptOf));
      const lost = mine.filter((effect) => known.has(attemptOf(effect)));
      return [...effects.filter((effect) => effect.isAbandoned), ...lost];
    },

    async forget(olderThanMs) {
      const { rows } = await reachable(() => sql<{ at: number }>`select ${now} as at`.execute(db));
      const before = (rows[0]?.at ?? 0) - olderThanMs;
      const some = db
        .selectFrom('effect')
        .select(['operation', 'caller', 'key'])
        .where('created_at', '<', before)
        .where('state', '!=', 'PENDING')
        .limit(FORGOTTEN_AT_ONCE)
        .$asTuple('operation', 'caller', 'key');
      const forgetSome = db
        .deleteFrom('effect')
        .where(({ eb, refTuple }) => eb(refTuple('operation', 'caller', 'key'), 'in', some))
        // Once more: somebody may take one up again while it is waited for.
        .where('created_at', '<', before)
        .where('state', '!=', 'PENDING')
        .returning('key')
        .compile();
      // Some at a time: SQLite lets nobody else have a turn before it has deleted all that it is told to.
      for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE; await setImmediate()) {
        const [keys] = await reachable(() => write([forgetSome]));
        forgotten = keys?.length ?? 0;
      }
      const dead = db.deleteFrom('process').where('alive_until', '<', before);
      await reachable(() => write([dead.compile()]));
    },
  };
}

const called = ({ operation, caller, key }: EffectName) =>
  sql<SqlBool>`(operation = ${operation} and caller = ${caller} and key = ${key})`;

const idOf = ({ operation, caller, key }: EffectName) => JSON.stringify([operation, caller, key]);

const attemptOf = (effect: Effect) => `${idOf(effect)} ${effect.attempt}`;
