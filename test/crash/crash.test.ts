import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { heard, idIn, keyOf, MUTATIONS, PERSON, type Mutation, type Outcome } from './mutations.ts';
import { POINTS, type Point, type Victim } from './victim.ts';
import { wreck, type Wreck } from './wreck.ts';

/** `CRASH_ROUNDS=25 npm run test:crash` before a release. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 1);
const IS_LONG = ROUNDS > 1;

/** What is heard of a mutation whose process died. `DONE`: what it led to; `SAME`: again what was answered at once. */
interface Expected {
  /** By another process, right after the kill: the dead one is still held for alive. Null: there is no key to ask with. */
  readonly atOnce: 'DONE' | 'IN_PROGRESS' | null;
  /** By a restarted process. */
  readonly later: 'DONE' | 'SAME' | 'OUTCOME_UNKNOWN' | 'INVALID_STATE';
  /** Requests at the provider before it is asked for later; null where it does not matter. */
  readonly sent: number | null;
}

const neverAgain: Record<Point, Expected> = {
  'before-record': { atOnce: 'DONE', later: 'SAME', sent: 1 },
  'after-record': { atOnce: 'IN_PROGRESS', later: 'OUTCOME_UNKNOWN', sent: 0 },
  'after-received': { atOnce: 'IN_PROGRESS', later: 'OUTCOME_UNKNOWN', sent: 1 },
  'before-store': { atOnce: 'IN_PROGRESS', later: 'OUTCOME_UNKNOWN', sent: 1 },
  'after-store': { atOnce: 'DONE', later: 'SAME', sent: 1 },
};
/** How often each was carried out is counted below: what is sent again is harmless, or cannot be told apart. */
const reconciled: Record<Point, Expected> = {
  'before-record': { atOnce: 'DONE', later: 'SAME', sent: null },
  'after-record': { atOnce: 'IN_PROGRESS', later: 'DONE', sent: null },
  'after-received': { atOnce: 'IN_PROGRESS', later: 'DONE', sent: null },
  'before-store': { atOnce: 'IN_PROGRESS', later: 'DONE', sent: null },
  'after-store': { atOnce: 'DONE', later: 'SAME', sent: null },
};
/** Every call has a key of its own, so that ending what has ended is refused. */
const ended: Record<Point, Expected> = {
  'before-record': { atOnce: null, later: 'DONE', sent: 0 },
  'after-record': { atOnce: null, later: 'DONE', sent: 0 },
  'after-received': { atOnce: null, later: 'INVALID_STATE', sent: 1 },
  'before-store': { atOnce: null, later: 'INVALID_STATE', sent: 1 },
  'after-store': { atOnce: null, later: 'INVALID_STATE', sent: 1 },
};
const EXPECTED: Record<Mutation, Record<Point, Expected>> = {
  startOnboardingSession: neverAgain,
  completeOnboardingSession: reconciled,
  // What stands before it is the session: it is known to be completed before that is noted under the key.
  'completeOnboardingSession/key': {
    ...reconciled,
    'before-store': { atOnce: 'DONE', later: 'SAME', sent: null },
  },
  createEntityOnboardingSession: reconciled,
  expireEntityOnboardingSession: ended,
  submitEntityOnboardingSession: ended,
  onboardCustomer: neverAgain,
};

const ENGINES = ['SQLite', 'PostgreSQL'] as const;
const points = (Object.keys(POINTS) as Point[]).map((point) => ({ point, when: POINTS[point] }));
const wrecks = new Map<string, Promise<Wreck>>();
beforeAll(async () => {
  for (const engine of ENGINES) {
    wrecks.set(engine, wreck(engine, { rounds: ROUNDS, realLeases: IS_LONG }));
  }
  await Promise.allSettled(wrecks.values());
}, 3_600_000);
afterAll(async () => {
  for (const one of await Promise.allSettled(wrecks.values())) {
    if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
  }
}, 60_000);

describe.each(ENGINES)('on %s', (engine) => {
  let all: Wreck;
  beforeAll(async () => {
    all = (await wrecks.get(engine)) as Wreck;
  });

  describe.each(points)('a process killed $when', ({ point }) => {
    it.each(MUTATIONS)('loses no %s, and sends none twice', (mutation) => {
      const {
        [mutation]: { [point]: expected },
      } = EXPECTED;
      const found = all.victims
        .filter((victim) => victim.task.mutation === mutation && victim.point === point)
        .map(({ task, wasAnswered, exitCode, atOnce, later, sent }) => ({
          wasAnswered,
          exitCode,
          atOnce: atOnce && heard(atOnce, task),
          later: isDeepStrictEqual(later, atOnce) ? 'SAME' : heard(later, task),
          sent: expected.sent === null ? null : sent,
        }));

      const everyTime = Array.from({ length: ROUNDS }, () => ({
        wasAnswered: false,
        exitCode: null,
        ...expected,
      }));
      expect(found).toEqual(everyTime);
    });
  });

  it('answers what was acknowledged before a kill just as it was, and has kept it', async () => {
    for (const { acknowledged, acknowledgedLater } of all.victims) {
      expect(heard(acknowledged.outcome, acknowledged.task)).toBe('DONE');
      expect(acknowledgedLater).toEqual(acknowledged.outcome);
      expect(await kept(acknowledged.task.mutation, idIn(acknowledged.outcome))).not.toBeNull();
    }
  });

  it('has kept what it answers after the restart, and whose it is', async () => {
    const answered = all.victims.filter(({ later }) => typeof later !== 'string');
    for (const { task, later } of answered) {
      expect(await kept(task.mutation, idIn(later))).not.toBeNull();
    }
    for (const { task, later } of answered.filter(isCreation)) {
      expect(await sessionsOfCustomer(task.name)).toEqual([{ id: idIn(later) }]);
    }
  });

  it('has had every provider carry out each thing once', async () => {
    const { incode, increase, relay } = all.counters;
    const acknowledged = all.victims.map((victim) => victim.acknowledged.task);
    const others = (mutation: Mutation) =>
      [...acknowledged, ...all.scene.openings].filter((task) => task.mutation === mutation).length;

    // Of the five points, one dies before it has sent, and nobody may send it again.
    expect(incode.requests['POST /omni/start']).toBe(others('startOnboardingSession') + 4 * ROUNDS);
    expect(incode.requests['GET /omni/finish-status']).toBe(2 * 5 * ROUNDS);
    expect(relay.carriedOut).toEqual({
      onboard: others('onboardCustomer') + 4 * ROUNDS,
      sms: others('onboardCustomer') + 4 * ROUNDS,
    });
    expect(increase.carriedOut).toEqual({
      create: others('createEntityOnboardingSession') + 5 * ROUNDS,
      expire: 5 * ROUNDS,
      submit: 5 * ROUNDS,
    });
    for (const { task } of all.victims.filter(isCreation)) {
      expect(await all.scene.sandboxes.sessionsOf(keyOf(task))).toBe(1);
    }
  });

  // The last one: it ends what is left of the processes, and the database.
  it('leaves no token, phone number, name, birth date or SSN in the database, its WAL or the logs', async () => {
    const acknowledged = all.victims.map((victim) => victim.acknowledged);
    const outcomes = [
      ...acknowledged.map(({ outcome }) => outcome),
      ...all.victims.flatMap(({ atOnce, later }) => [atOnce, later]),
    ];
    const phones = [...acknowledged, ...all.victims].map(({ task }) => task.phone);
    const secrets = [...new Set([...phones, ...Object.values(PERSON), ...outcomes.flatMap(credentialsIn)])];
    const customers = all.victims.map(({ task }) => task.name);
    const output = all.scene.output();

    await all.scene.killAll();
    const files = await all.scene.engine.filesAfterKill();

    expect(secrets.length).toBeGreaterThan(40 * ROUNDS);
    expect(secrets.filter((secret) => files.some((file) => holds(file, secret)))).toEqual([]);
    expect(secrets.filter((secret) => holds(Buffer.from(output), secret))).toEqual([]);
    // It would be found: customers' ids are kept as they are, and the logs say what was sent.
    expect(
      files.some((file) => holds(file, customers.find((name) => name.startsWith('onboard')) ?? '')),
    ).toBe(true);
    expect(output).toContain('POST /omni/start');
  });

  async function kept(mutation: Mutation, id: string): Promise<unknown> {
    const field = KEPT_IN[mutation];
    const { data } = await all.restarted.query(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
    return data[field];
  }

  async function sessionsOfCustomer(id: string): Promise<unknown> {
    const { data } = await all.restarted.query(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { entityOnboardingSessions { nodes { id } } } } }`,
      { of: [{ __typename: 'Customer', id }] },
    );
    return data._entities[0].entityOnboardingSessions.nodes;
  }
});

function isCreation({ task }: Victim): boolean {
  return task.mutation === 'createEntityOnboardingSession';
}

const KEPT_IN: Record<Mutation, string> = {
  startOnboardingSession: 'onboardingSession',
  completeOnboardingSession: 'onboardingSession',
  'completeOnboardingSession/key': 'onboardingSession',
  createEntityOnboardingSession: 'entityOnboardingSession',
  expireEntityOnboardingSession: 'entityOnboardingSession',
  submitEntityOnboardingSession: 'entityOnboardingSession',
  onboardCustomer: 'customerOnboard',
};

/** Session tokens, and what is secret of a hosted form's URL. */
function credentialsIn(outcome: Outcome | null): string[] {
  if (outcome === null || typeof outcome === 'string') return [];
  const { sessionToken, entityOnboardingSession } = outcome;
  const url = entityOnboardingSession?.sessionUrl as string | undefined;
  return [...(sessionToken ? [String(sessionToken)] : []), ...(url ? [new URL(url).pathname] : [])];
}

/** Four digits only where they stand alone: they are found within many a number and ciphertext. */
function holds(file: Buffer, text: string): boolean {
  for (let at = file.indexOf(text); at !== -1; at = file.indexOf(text, at + 1)) {
    if (text.length > 4 || (!isWord(file[at - 1]) && !isWord(file[at + text.length]))) return true;
  }
  return false;
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && /[\w.+-]/.test(String.fromCharCode(byte));
}
