import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { effectsOf, type Effects } from '../../src/onboarding/effects.ts';
import {
  ProviderRateLimited,
  ProviderUnavailable,
  StoreUnavailable,
  type Outcome,
} from '../../src/onboarding/errors.ts';
import type { Operation } from '../../src/onboarding/operation.ts';
import { Refusal, refusal } from '../../src/onboarding/refusal.ts';
import type { EffectEvent } from '../../src/onboarding/settlement.ts';
import { reEncryption } from '../../src/store/secrets/re-encryption.ts';
import { openDatabase, openStore, type Store } from '../../src/store/store.ts';
import { engineNames, startEngine, type Engine } from '../support/engines.ts';
import { patient } from '../support/outcome.ts';

const encryptionKeys = [Buffer.alloc(32, 1)];
const outage = (outcome: Outcome) => new ProviderUnavailable('RELAY', { outcome, cause: undefined });

interface Request {
  readonly name: string;
}

/** An operation that counts how often it is carried out, and does what the test tells it to. */
function counted(behaviour: Partial<Operation<Request, unknown>> = {}) {
  const calls: Request[] = [];
  const operation: Operation<Request, unknown> = {
    name: 'operation',
    whenUnknown: 'Look there.',
    ...behaviour,
    async perform(request, key, call) {
      calls.push(request);
      if (behaviour.perform) return behaviour.perform(request, key, call);
      return { result: { name: request.name, at: new Date(0) }, writes: [] };
    },
  };
  return { operation, calls };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error('It did not fail'),
    (cause: unknown) => cause,
  );
  if (error instanceof Refusal) return error.userErrors.map(({ code }) => code).join();
  return error instanceof Error ? error.constructor.name : String(error);
}

/** Asks processes in turn for one thing, so many times at once. */
function askedOf(
  processes: readonly { readonly effects: Effects }[],
  times: number,
  operation: Operation<Request, unknown>,
): Promise<unknown>[] {
  return Array.from({ length: times }, (_each, index) => processes[index % processes.length])
    .filter((asked) => asked !== undefined)
    .map(async (asked) => asked.effects.run(operation, 'key', { name: 'a' }, patient));
}

const never = () => new Promise<never>(() => undefined);

describe.each(engineNames)('effects on %s', (name) => {
  let engine: Engine;
  let url: string;
  let stores: Store[];
  let effects: Effects;
  let events: EffectEvent[];
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    url = await engine.newDatabase();
    stores = [];
    events = [];
    ({ effects } = await process());
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  /** Another process on the same database. */
  async function process(): Promise<{ effects: Effects; store: Store }> {
    const store = await openStore({ databaseUrl: url, encryptionKeys });
    stores.push(store);
    return { effects: effectsOf(store.effectStore, (event) => events.push(event)), store };
  }

  /** All processes die, as far as the database can tell. */
  const killAll = () => engine.sql(url, 'UPDATE process SET alive_until = 0');
  const stateOf = async (key: string) =>
    (await engine.sql(url, `SELECT state FROM effect WHERE key = '${key}'`))[0]?.['state'];

  it('are carried out once: the same key answers the same result, dates and all', async () => {
    const { operation, calls } = counted();

    const first = await effects.run(operation, 'key', { name: 'a' }, patient);
    const second = await effects.run(operation, 'key', { name: 'a' }, patient);

    expect(first).toEqual({ name: 'a', at: new Date(0) });
    expect(second).toEqual(first);
    expect(calls).toHaveLength(1);
  });

  it('are carried out each time without a key', async () => {
    const { operation, calls } = counted();

    await effects.run(operation, undefined, { name: 'a' }, patient);
    await effects.run(operation, undefined, { name: 'a' }, patient);

    expect(calls).toHaveLength(2);
  });

  it('refuse a key with other arguments', async () => {
    const { operation, calls } = counted();
    await effects.run(operation, 'key', { name: 'a' }, patient);

    expect(await codeOf(effects.run(operation, 'key', { name: 'b' }, patient))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    expect(calls).toHaveLength(1);
  });

  it('know keys by their operation', async () => {
    const one = counted();
    const other = counted({ name: 'other' });

    await effects.run(one.operation, 'key', { name: 'a' }, patient);
    await effects.run(other.operation, 'key', { name: 'b' }, patient);

    expect([one.calls, other.calls]).toEqual([[{ name: 'a' }], [{ name: 'b' }]]);
  });

  it.each([
    ['refused', refusal('NOT_FOUND', 'No.')],
    ['not sent', outage('NOT_CARRIED_OUT')],
  ])('that were %s are carried out anew, with other arguments, too', async (_what, error) => {
    const failing = counted({ perform: () => Promise.reject(error) });
    const { operation, calls } = counted();
    await codeOf(effects.run(failing.operation, 'key', { name: 'a' }, patient));

    expect(await effects.run(operation, 'key', { name: 'b' }, patient)).toMatchObject({ name: 'b' });
    expect(await codeOf(effects.run(operation, 'key', { name: 'a' }, patient))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    expect(calls).toHaveLength(1);
  });

  it('of unknown outcome stay so, and are not sent again', async () => {
    const failing = counted({ perform: () => Promise.reject(outage('UNKNOWN')) });
    expect(await codeOf(effects.run(failing.operation, 'key', { name: 'a' }, patient))).toBe(
      'ProviderUnavailable',
    );

    const again = effects.run(failing.operation, 'key', { name: 'a' }, patient);

    await expect(again).rejects.toMatchObject({
      userErrors: [{ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('Look there.') }],
    });
    expect(failing.calls).toHaveLength(1);
  });

  it('are of unknown outcome after an error of our own', async () => {
    const failing = counted({ perform: () => Promise.reject(new TypeError('a bug')) });
    await codeOf(effects.run(failing.operation, 'key', { name: 'a' }, patient));

    expect(await stateOf('key')).toBe('UNKNOWN');
  });

  it('of unknown outcome are reconciled where that can be', async () => {
    const failing = counted({
      perform: () => Promise.reject(outage('UNKNOWN')),
      reconcile: () => Promise.resolve({ result: 'found', writes: [] }),
    });
    await codeOf(effects.run(failing.operation, 'key', { name: 'a' }, patient));

    expect(await effects.run(failing.operation, 'key', { name: 'a' }, patient)).toBe('found');
    expect(await effects.run(failing.operation, 'key', { name: 'a' }, patient)).toBe('found');
    expect(failing.calls).toHaveLength(1);
  });

  it('stay of unknown outcome when it cannot be found out, whatever the reason', async () => {
    const { operation, calls } = counted({
      perform: () => Promise.reject(outage('UNKNOWN')),
      reconcile: () => Promise.reject(outage('NOT_CARRIED_OUT')), // the read was not carried out, which says nothing of the write
    });
    await codeOf(effects.run(operation, 'key', { name: 'a' }, patient));

    await expect(effects.run(operation, 'key', { name: 'a' }, patient)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      outcome: 'UNKNOWN',
      message:
        'It may have been carried out, and Relay could not be asked whether it was. Repeat the same request later: that sends nothing twice.',
    });
    expect(await stateOf('key')).toBe('UNKNOWN');
    await codeOf(effects.run(operation, 'key', { name: 'a' }, patient));
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['in doubt', {}, 'OUTCOME_UNKNOWN', 'Look there.'],
    [
      'in doubt that can be found out',
      { reconcile: () => Promise.resolve(null) },
      'OUTCOME_UNKNOWN',
      'It had other arguments. Repeat it with those',
    ],
  ])('%s are told as such before other arguments are', async (_what, behaviour, code, message) => {
    const { operation, calls } = counted({
      ...behaviour,
      perform: () => Promise.reject(outage('UNKNOWN')),
    });
    await codeOf(effects.run(operation, 'key', { name: 'a' }, patient));

    await expect(effects.run(operation, 'key', { name: 'b' }, patient)).rejects.toMatchObject({
      userErrors: [{ code, message: expect.stringContaining(message) }],
    });
    expect(calls).toEqual([{ name: 'a' }]);
  });

  it('of unknown outcome are carried on with the request that was recorded', async () => {
    const seen: string[] = [];
    const { operation, calls } = counted({
      perform: (request) => {
        seen.push(JSON.stringify(request));
        return Promise.reject(outage('UNKNOWN'));
      },
      reconcile: (request) => {
        seen.push(JSON.stringify(request));
        return Promise.resolve(null);
      },
    });
    const recorded = { name: 'a', other: 'x', absent: null };
    await codeOf(effects.run(operation, 'key', recorded, patient));

    await codeOf(effects.run(operation, 'key', { other: 'x', name: 'a' } as Request, patient));

    expect(calls).toHaveLength(2);
    expect(new Set(seen)).toEqual(new Set([JSON.stringify(recorded)]));
  });

  it('that were carried out are answered as they are now, by one read', async () => {
    const reads: unknown[] = [];
    const { operation, calls } = counted({
      current(result) {
        reads.push(result);
        return Promise.resolve('now');
      },
    });
    const first = await effects.run(operation, 'key', { name: 'a' }, patient);

    expect(await effects.run(operation, 'key', { name: 'a' }, patient)).toBe('now');
    expect(reads).toEqual([first]);
    expect(calls).toHaveLength(1);
  });

  it('that were carried out are told to be, where how they stand now cannot be read', async () => {
    const throttled = new ProviderRateLimited('INCREASE', 7, { cause: undefined });
    const { operation } = counted({ current: () => Promise.reject(throttled) });
    await effects.run(operation, 'key', { name: 'a' }, patient);

    await expect(effects.run(operation, 'key', { name: 'a' }, patient)).rejects.toMatchObject({
      code: 'PROVIDER_RATE_LIMITED',
      provider: 'INCREASE',
      retryAfterSeconds: 7,
      outcome: 'UNKNOWN',
      message:
        'It was carried out, but Increase could not be asked how it stands now. Repeat the same request in 7 s: that sends nothing twice.',
    });
    expect(await stateOf('key')).toBe('SUCCEEDED');
  });

  it('that turn out not to have happened are carried out anew', async () => {
    let isDown = true;
    const { operation, calls } = counted({
      perform: () =>
        isDown ? Promise.reject(outage('UNKNOWN')) : Promise.resolve({ result: 'done', writes: [] }),
      reconcile: () => Promise.resolve(null),
    });
    await codeOf(effects.run(operation, 'key', { name: 'a' }, patient));
    isDown = false;

    expect(await effects.run(operation, 'key', { name: 'a' }, patient)).toBe('done');
    expect(calls).toHaveLength(2);
  });

  it('under way elsewhere are waited for', async () => {
    const { effects: elsewhere } = await process();
    const started = Promise.withResolvers<void>();
    const { operation, calls } = counted({
      async perform() {
        started.resolve();
        await delay(300);
        return { result: 'done', writes: [] };
      },
    });
    const first = elsewhere.run(operation, 'key', { name: 'a' }, patient);
    await started.promise;

    expect(await effects.run(operation, 'key', { name: 'a' }, patient)).toBe('done');
    expect(await first).toBe('done');
    expect(calls).toHaveLength(1);
  });

  it('under way for longer than two seconds are told as such', async () => {
    const end = Promise.withResolvers<void>();
    const { operation, calls } = counted({
      perform: () => end.promise.then(() => ({ result: 'done', writes: [] })),
    });
    const first = effects.run(operation, 'key', { name: 'a' }, patient);
    await expect.poll(() => calls.length).toBe(1);

    expect(await codeOf(effects.run(operation, 'key', { name: 'a' }, patient))).toBe('IN_PROGRESS');
    end.resolve();
    expect(await first).toBe('done');
    expect(calls).toHaveLength(1);
  });

  it('that arrive at several processes at once go out once, and all callers get the same', async () => {
    const processes = [{ effects }, await process(), await process(), await process()] as const;
    const { operation, calls } = counted({
      perform: async () => {
        await delay(20);
        return { result: Math.random(), writes: [] };
      },
    });

    const answers = await Promise.all(askedOf(processes, 48, operation));

    expect(calls).toHaveLength(1);
    expect(new Set(answers).size).toBe(1);
  });

  it('that were retried by several at once after a refusal go out once more', async () => {
    const processes = [{ effects }, await process(), await process()] as const;
    const failing = counted({ perform: () => Promise.reject(refusal('NOT_FOUND', 'No.')) });
    await codeOf(effects.run(failing.operation, 'key', { name: 'a' }, patient));
    const { operation, calls } = counted();

    await Promise.allSettled(askedOf(processes, 30, operation));

    expect(calls).toHaveLength(1);
  });

  it('are stored together with what they made, or not at all', async () => {
    const { store } = await process();
    const made = {
      id: 'session',
      configurationId: 'c',
      externalCustomerId: null,
      createdAt: new Date(),
      completion: null,
    };
    const { operation } = counted({
      perform: () =>
        Promise.resolve({ result: 'done', writes: [store.onboardingSessions.adding(made, 'token')] }),
    });

    await effects.run(operation, 'key', { name: 'a' }, patient);

    expect(await store.onboardingSessions.tokens(['session'])).toEqual(['token']);
  });

  it('whose outcome the database does not take are told at once, and not for as long as an outage may last', async () => {
    const { store } = await process();
    const wrong = { id: 'session', configurationId: null as never, externalCustomerId: null };
    const session = { ...wrong, createdAt: new Date(), completion: null };
    const { operation } = counted({
      perform: () =>
        Promise.resolve({ result: 'done', writes: [store.onboardingSessions.adding(session, 'token')] }),
    });

    expect(await codeOf(effects.run(operation, 'key', { name: 'a' }, patient))).toBe('OutcomeNotStored');
  });

  /** Something that the first process begins and never ends. */
  async function left(behaviour: Partial<Operation<Request, unknown>> = {}) {
    const dying = counted({ perform: never, ...behaviour });
    void effects.run(dying.operation, 'key', { name: 'a' }, patient);
    await expect.poll(() => dying.calls.length).toBe(1);
    return dying;
  }

  describe('of a process that died', () => {
    it('are left to it for as long as it lives', async () => {
      const { operation } = await left();
      const { effects: survivor } = await process();

      await survivor.recover([operation], patient.signal);

      expect(await stateOf('key')).toBe('PENDING');
    });

    it('are of unknown outcome, where they cannot be reconciled', async () => {
      const { operation, calls } = await left();
      await killAll();
      const { effects: survivor } = await process();

      await survivor.recover([operation], patient.signal);

      expect(await stateOf('key')).toBe('UNKNOWN');
      expect(await codeOf(survivor.run(operation, 'key', { name: 'a' }, patient))).toBe('OUTCOME_UNKNOWN');
      expect(calls).toHaveLength(1);
    });

    it('are reconciled with their arguments, where that can be', async () => {
      const reconciled: Request[] = [];
      const { operation } = await left({
        reconcile: (request) => {
          reconciled.push(request);
          return Promise.resolve({ result: 'found', writes: [] });
        },
      });
      await killAll();
      const { effects: survivor } = await process();

      await survivor.recover([operation], patient.signal);

      expect(reconciled).toEqual([{ name: 'a' }]);
      expect(await survivor.run(operation, 'key', { name: 'a' }, patient)).toBe('found');
    });

    it.each([
      ['REFUSED', 'did not happen', () => Promise.resolve(null)],
      ['UNKNOWN', 'cannot be asked about now', () => Promise.reject(outage('UNKNOWN'))],
      ['UNKNOWN', 'were not found out', () => Promise.reject(outage('NOT_CARRIED_OUT'))],
    ] as const)('are %s when they %s', async (state, _what, reconcile) => {
      const { operation } = await left({ reconcile });
      await killAll();
      const { effects: survivor } = await process();

      await survivor.recover([operation], patient.signal);

      expect(await stateOf('key')).toBe(state);
      expect(events.map(({ kind, effect: { key } }) => [kind, key])).toEqual(
        state === 'UNKNOWN' ? [['TAKEN_OVER_IN_DOUBT', 'key']] : [],
      );
    });

    it('are taken over beside one that cannot be decrypted', async () => {
      const { operation } = await left({ reconcile: () => Promise.resolve({ result: 'found', writes: [] }) });
      await engine.sql(
        url,
        `INSERT INTO effect (operation, caller, key, fingerprint, state, attempt, owner, request_encrypted, created_at)
         VALUES ('operation', '', 'broken', '', 'PENDING', 1, 'nobody', 'v1.x.y', 0)`,
      );
      await killAll();
      const { effects: survivor } = await process();

      await survivor.recover([operation], patient.signal);

      expect([await stateOf('broken'), await stateOf('key')]).toEqual(['UNKNOWN', 'SUCCEEDED']);
    });

    it('are taken over by one alone', async () => {
      let count = 0;
      const { operation } = await left({
        reconcile: async () => {
          count += 1;
          await delay(20);
          return { result: 'found', writes: [] };
        },
      });
      await killAll();
      const survivors = [await process(), await process(), await process()];

      await Promise.all(
        survivors.map(({ effects: survivor }) => survivor.recover([operation], patient.signal)),
      );

      expect(count).toBe(1);
    });

    it('are not lost when it was only slow: its answer still counts', async () => {
      const answer = Promise.withResolvers<void>();
      const { operation, calls } = counted({
        perform: () => answer.promise.then(() => ({ result: 'done', writes: [] })),
      });
      const slow = effects.run(operation, 'key', { name: 'a' }, patient);
      await expect.poll(() => calls.length).toBe(1);
      await killAll();
      const { effects: survivor } = await process();
      await survivor.recover([operation], patient.signal);

      answer.resolve();

      expect(await slow).toBe('done');
      expect(await survivor.run(operation, 'key', { name: 'a' }, patient)).toBe('done');
    });

    it.each([
      ['finds nothing', null],
      ['finds the same', { result: 'found', writes: [] }],
    ])('are not lost when it was only slow, while another that looks for them %s', async (_what, found) => {
      const answer = Promise.withResolvers<void>();
      const looking = Promise.withResolvers<void>();
      const look = Promise.withResolvers<void>();
      const { operation, calls } = counted({
        perform: () => answer.promise.then(() => ({ result: 'done', writes: [] })),
        reconcile: () => {
          looking.resolve();
          return look.promise.then(() => found);
        },
      });
      const slow = effects.run(operation, 'key', { name: 'a' }, patient);
      await expect.poll(() => calls.length).toBe(1);
      await killAll();
      const { effects: survivor } = await process();
      const taken = survivor.run(operation, 'key', { name: 'a' }, patient);
      await looking.promise;

      answer.resolve();
      const heard = await slow;
      look.resolve();

      expect([heard, await taken]).toEqual(['done', 'done']);
      expect(await survivor.run(operation, 'key', { name: 'a' }, patient)).toBe('done');
      expect(calls).toHaveLength(1);
    });

    it('do not take the place of others under the same key', async () => {
      const answers = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
      const { operation, calls } = counted({
        perform: ({ name: which }) =>
          answers[which as 'a' | 'b'].promise.then(() => ({ result: which, writes: [] })),
        reconcile: () => Promise.resolve(null),
      });
      const slow = effects.run(operation, 'key', { name: 'a' }, patient);
      await expect.poll(() => calls.length).toBe(1);
      await killAll();
      const { effects: survivor } = await process();
      await survivor.recover([operation], patient.signal);
      const other = survivor.run(operation, 'key', { name: 'b' }, patient);
      await expect.poll(() => calls.length).toBe(2);

      answers.a.resolve();
      expect(await slow).toBe('a');
      answers.b.resolve();

      expect(await other).toBe('b');
      expect(await survivor.run(operation, 'key', { name: 'b' }, patient)).toBe('b');
    });
  });

  it('of a process are never abandoned for itself, whatever became of its lease', async () => {
    const end = Promise.withResolvers<void>();
    const { operation, calls } = counted({
      perform: () => end.promise.then(() => ({ result: 'done', writes: [] })),
      reconcile: () => Promise.resolve(null),
    });
    const first = effects.run(operation, 'key', { name: 'a' }, patient);
    await expect.poll(() => calls.length).toBe(1);
    await killAll();

    expect(await codeOf(effects.run(operation, 'key', { name: 'a' }, patient))).toBe('IN_PROGRESS');
    await effects.recover([operation], patient.signal);
    await effects.recover([operation], patient.signal);
    end.resolve();

    expect(await first).toBe('done');
    expect(calls).toHaveLength(1);
  });

  it('are forgotten after 30 days, unless they are under way', async () => {
    const { operation, calls } = counted();
    await effects.run(operation, 'old', { name: 'a' }, patient);
    await effects.run(operation, 'new', { name: 'a' }, patient);
    const monthAgo = Date.now() - 30 * 24 * 60 * 60 * 1_000 - 1;
    await engine.sql(url, `UPDATE effect SET created_at = ${monthAgo} WHERE key = 'old'`);

    await effects.sweep();
    await effects.run(operation, 'old', { name: 'b' }, patient);
    await effects.run(operation, 'new', { name: 'a' }, patient);

    expect(calls).toHaveLength(3);
  });

  it('are not forgotten because the clock of one machine is wrong, nor are the processes that live', async () => {
    const { operation, calls } = counted();
    await effects.run(operation, 'key', { name: 'a' }, patient);

    vi.setSystemTime(Date.now() + 31 * 24 * 60 * 60 * 1_000);
    await effects.sweep();
    vi.useRealTimers();

    await effects.run(operation, 'key', { name: 'a' }, patient);
    expect(calls).toHaveLength(1);
    expect(await engine.sql(url, 'SELECT id FROM process')).toHaveLength(1);
  });

  const OLD = "SELECT key FROM effect WHERE operation = 'old'";
  async function many(count: number): Promise<void> {
    const rows = Array.from({ length: count }, (_, key) => `('old', '', '${key}', '', 'SUCCEEDED', 1, 0)`);
    const columns = 'operation, caller, key, fingerprint, state, attempt, created_at';
    await engine.sql(url, `INSERT INTO effect (${columns}) VALUES ${rows.join()}`);
  }

  it('are remembered from when they were last begun, and not from when they were refused', async () => {
    let isRefused = true;
    const { operation, calls } = counted({
      perform() {
        if (isRefused) return Promise.reject(refusal('INVALID_INPUT', 'No.'));
        return Promise.resolve({ result: 'done', writes: [] });
      },
    });
    await codeOf(effects.run(operation, 'key', { name: 'a' }, patient));
    await engine.sql(url, 'UPDATE effect SET created_at = 0');
    isRefused = false;
    await effects.run(operation, 'key', { name: 'a' }, patient);

    await effects.sweep();
    const again = await effects.run(operation, 'key', { name: 'a' }, patient);

    expect(again).toBe('done');
    expect(calls).toHaveLength(2);
  });

  it('that are taken over while a key is rotated stay those of whoever began them', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { operation } = counted({
      async perform() {
        await answered;
        return { result: 'late', writes: [] };
      },
      reconcile: () => Promise.reject(outage('UNKNOWN')),
    });
    const [before, after] = await Promise.all(
      [
        [Buffer.alloc(32, 1), Buffer.alloc(32, 2)],
        [Buffer.alloc(32, 2), Buffer.alloc(32, 1)],
      ].map(async (keys) => openStore({ databaseUrl: url, encryptionKeys: keys })),
    );
    if (!before || !after) throw new Error('They did not open');
    stores.push(before, after);
    const begun = effectsOf(before.effectStore);
    const late = begun.run(operation, 'key', { name: 'a' }, patient);
    await vi.waitUntil(async () => (await stateOf('key')) === 'PENDING');
    await killAll();
    await codeOf(effectsOf(after.effectStore).run(operation, 'key', { name: 'a' }, patient));

    answer();

    expect(await late).toBe('late');
    expect(await begun.run(operation, 'key', { name: 'a' }, patient)).toBe('late');
  });

  it('are left to others by whoever is stopping', async () => {
    const { store: dying } = await process();
    for (const key of ['a', 'b', 'c']) {
      const begun = { operation: 'operation', caller: '', key };
      await dying.effectStore.begin(begun, { fingerprint: 'x', request: { name: 'a' } });
    }
    await killAll();
    const stopping = new AbortController();
    const { operation } = counted({
      reconcile() {
        stopping.abort();
        return Promise.reject(outage('UNKNOWN'));
      },
    });

    await effects.recover([operation], stopping.signal);

    const states = await engine.sql(url, 'SELECT state FROM effect ORDER BY key');
    expect(states.filter(({ state }) => state === 'UNKNOWN')).toHaveLength(1);
    expect(states.filter(({ state }) => state === 'PENDING')).toHaveLength(2);
  });

  it('are forgotten all, however many there are', async () => {
    await many(2_500);

    await effects.sweep();

    expect(await engine.sql(url, OLD)).toEqual([]);
  });

  it('keep arguments only where they are needed again, and nothing of them readable', async () => {
    const plain = counted();
    const reconcilable = counted({ name: 'other', reconcile: () => Promise.resolve(null) });
    await effects.run(plain.operation, 'key', { name: 'Mariquita' }, patient);
    await effects.run(reconcilable.operation, 'key', { name: 'Mariquita' }, patient);

    const rows = await engine.sql(url, 'SELECT * FROM effect ORDER BY operation');

    expect(rows.map(({ request_encrypted: request }) => request)).toEqual([
      null,
      expect.stringMatching(/^v1\./),
    ]);
    expect(JSON.stringify(rows)).not.toContain('Mariquita');
  });

  it('recognise arguments after the key was rotated', async () => {
    const { operation, calls } = counted();
    await effects.run(operation, 'key', { name: 'a' }, patient);
    const rotated = await openStore({
      databaseUrl: url,
      encryptionKeys: [Buffer.alloc(32, 2), ...encryptionKeys],
    });
    stores.push(rotated);

    await effectsOf(rotated.effectStore).run(operation, 'key', { name: 'a' }, patient);

    expect(calls).toHaveLength(1);
  });

  it('whose outcome cannot be stored are told of, at once and when it is given up, with the id that the provider gave', async () => {
    const { store } = await process();
    const failures = [new StoreUnavailable(undefined), new StoreUnavailable(undefined), new Error('a bug')];
    const failing = effectsOf(
      { ...store.effectStore, settle: () => Promise.reject(failures.shift() ?? new Error('Not asked for')) },
      (event) => events.push(event),
    );
    const { operation } = counted({
      perform: () => Promise.resolve({ result: 'done', writes: [], providerId: 'session-1' }),
    });

    expect(await codeOf(failing.run(operation, 'key', { name: 'a' }, patient))).toBe('OutcomeNotStored');
    expect(events).toMatchObject([
      { kind: 'NOT_STORED_YET', effect: { key: 'key' }, providerId: 'session-1' },
      { kind: 'NOT_STORED', effect: { key: 'key' }, providerId: 'session-1', cause: { message: 'a bug' } },
    ]);
  });

  /** The store once its first encryption key was changed for another, and taken out. */
  async function withKeyTakenOut(): Promise<Store> {
    for (const store of stores.splice(0)) await store.close();
    const newKey = Buffer.alloc(32, 2);
    const database = openDatabase(url);
    const work = reEncryption(database, [newKey, ...encryptionKeys]);
    for await (const batch of work.batches()) expect(batch.unreadable).toEqual([]);
    await work.forgetUnusedKeys();
    await database.close();
    const store = await openStore({ databaseUrl: url, encryptionKeys: [newKey] });
    stores.push(store);
    return store;
  }

  it('whose key names the thing itself are known by it after an early end of the encryption key', async () => {
    const { operation, calls } = counted({
      isShared: true,
      perform: () =>
        calls.length === 1
          ? Promise.reject(outage('UNKNOWN'))
          : Promise.resolve({ result: 'done', writes: [] }),
      reconcile: () => Promise.resolve(null),
    });
    await codeOf(effects.run(operation, 'thing', { name: 'thing' }, patient));
    const rotated = await withKeyTakenOut();

    const later = effectsOf(rotated.effectStore).run(operation, 'thing', { name: 'thing' }, patient);

    expect(await later).toBe('done');
  });

  it('are a doubt, and not another use of their key, once the encryption key of their arguments is gone', async () => {
    const { operation, calls } = counted();
    await effects.run(operation, 'key', { name: 'a' }, patient);
    const store = await withKeyTakenOut();

    const again = effectsOf(store.effectStore).run(operation, 'key', { name: 'a' }, patient);

    await expect(again).rejects.toMatchObject({
      userErrors: [{ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('look at the provider') }],
    });
    expect(calls).toHaveLength(1);
  });

  it('are not begun when the store is out of reach', async () => {
    const { effects: closed, store } = await process();
    await store.close();
    stores.pop();
    const { operation, calls } = counted();

    await expect(closed.run(operation, 'key', { name: 'a' }, patient)).rejects.toThrow(StoreUnavailable);
    expect(calls).toEqual([]);
  });
});
