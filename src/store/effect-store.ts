import type { CompiledQuery } from 'kysely';

import type { Effect, EffectName, EffectStore } from '../onboarding/effect.ts';
import { effectQueries } from './effect-queries.ts';
import { sealed, toEffect, toReadableEffect } from './effect-rows.ts';
import type { Database } from './engines/database.ts';
import { forget } from './forgetting.ts';
import { inHand } from './in-hand.ts';
import type { ProcessLease } from './process-lease.ts';
import { reachable } from './reachable.ts';
import type { Encryption } from './secrets/encryption.ts';
import type { Fingerprints } from './secrets/fingerprint.ts';
import { queriesOf } from './write.ts';

interface Options {
  readonly database: Database;
  readonly encryption: Encryption;
  readonly lease: ProcessLease;
  readonly fingerprints: Fingerprints;
}

type Details = Parameters<EffectStore['begin']>[1];

export function effectStore({ database, encryption, lease, fingerprints }: Options): EffectStore {
  const queries = effectQueries(database, lease.id);
  const mine = inHand();

  /** Records or takes something; it stays held when that answers a row. */
  async function holding(name: EffectName, query: CompiledQuery): Promise<boolean> {
    mine.hold(name);
    let isHeld = false;
    try {
      const [rows] = await reachable(() => database.write([query]));
      isHeld = rows !== undefined && rows.length > 0;
      return isHeld;
    } finally {
      if (!isHeld) mine.release(name);
    }
  }

  async function find(name: EffectName): Promise<Effect | null> {
    const row = await reachable(() => queries.find(name).executeTakeFirst());
    return row ? toEffect(encryption, row) : null;
  }

  async function begin(
    name: EffectName,
    { fingerprint, request }: Details,
  ): ReturnType<EffectStore['begin']> {
    await reachable(() => lease.hold());
    const secret = sealed(encryption, request, 'request', name);
    if (await holding(name, queries.insert({ ...name, fingerprint, request_encrypted: secret }))) {
      const state = { state: 'PENDING', attempt: 1, result: undefined, isAbandoned: false } as const;
      return { effect: { ...name, ...state, fingerprint, request }, isNew: true };
    }
    const effect = await find(name);
    // It was swept away between the two queries: 30 days old, and so it may begin anew.
    return effect ? { effect, isNew: false } : begin(name, { fingerprint, request });
  }

  async function take(effect: Effect, { fingerprint, request }: Details): Promise<Effect | null> {
    await reachable(() => lease.hold());
    const secret = sealed(encryption, request, 'request', effect);
    if (!(await holding(effect, queries.take(effect, { fingerprint, request: secret })))) return null;
    const attempt = effect.attempt + 1;
    return { ...effect, state: 'PENDING', attempt, fingerprint, request, isAbandoned: false };
  }

  return {
    fingerprints: fingerprints.of,
    isComparable: fingerprints.isComparable,
    find,
    begin,
    take,

    async settle(effect, { state, result }, writes = []) {
      const { operation, caller, key, fingerprint, attempt } = effect;
      const secret = sealed(encryption, result, 'result', effect);
      const own = { operation, caller, key, fingerprint, attempt, state, result_encrypted: secret };
      const answers = await reachable(() => database.write([...queriesOf(writes), queries.settle(own)]));
      mine.release(effect);
      return answers.at(-1)?.length === 1;
    },

    drop: mine.release,

    async abandoned(limit) {
      const rows = await reachable(() => queries.left(limit).execute());
      const left = rows.map((row) => toReadableEffect(encryption, row));
      return [
        ...left.filter((effect) => effect.isAbandoned),
        ...mine.lost(left.filter((effect) => !effect.isAbandoned)),
      ];
    },

    forget: (olderThanMs) => forget(database, olderThanMs),
  };
}
