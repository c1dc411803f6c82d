import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ask, heard, isRequestOf, keyOf, providerOf, type Mutation, type Task } from './mutations.ts';
import { startScene, type Scene } from './scene.ts';
import type { ServiceProcess } from './service-process.ts';

const CALLS = 50;
/** Longer than a call waits for another that has its key. */
const LONG_MS = 3_000;

describe.each(['SQLite', 'PostgreSQL'] as const)('50 calls with one key over 4 processes on %s', (engine) => {
  let scene: Scene;
  let processes: [ServiceProcess, ...ServiceProcess[]];
  beforeAll(async () => {
    scene = await startScene(engine);
    processes = await Promise.all([scene.start(), scene.start(), scene.start(), scene.start()]);
  }, 60_000);
  afterAll(() => scene[Symbol.asyncDispose]());

  const askedOfAll = (tasks: readonly Task[]) =>
    Promise.all(tasks.map((task, index) => ask(processes[index % processes.length] ?? processes[0], task)));
  const requestsFor = async (task: Task) =>
    (await scene.sandboxes.requests(providerOf(task))).filter((request) => isRequestOf(request, task));

  it.each<Mutation>(['startOnboardingSession', 'createEntityOnboardingSession', 'onboardCustomer'])(
    'are one request for %s, and 50 equal answers',
    async (mutation) => {
      const task = await scene.task(mutation, `many-${mutation}`, processes[0]);

      const outcomes = await askedOfAll(often(task));

      const [first] = outcomes;
      expect(first).toBeTypeOf('object');
      expect(outcomes).toEqual(Array.from({ length: CALLS }, () => first));
      expect(await requestsFor(task)).toHaveLength(1);
    },
  );

  it('are one request to complete a session, and 50 equal answers', async () => {
    const task = await scene.task('completeOnboardingSession/key', 'many-complete', processes[0]);

    const outcomes = await askedOfAll(often(task));

    const [first] = outcomes;
    expect(first).toMatchObject({ onboardingSession: { completedAt: expect.any(String) } });
    expect(outcomes).toEqual(Array.from({ length: CALLS }, () => first));
    const { requests } = await scene.sandboxes.counters('incode');
    expect(requests['GET /omni/finish-status']).toBe(1);
  });

  it('are one request to a provider that takes its time, and IN_PROGRESS for all but one', async () => {
    const task = await scene.task('onboardCustomer', 'many-slow', processes[0]);
    await scene.sandboxes.delay('relay', 'POST /', LONG_MS);

    const outcomes = await askedOfAll(often(task));
    await scene.sandboxes.undelay();

    const done = outcomes.filter((outcome) => heard(outcome, task) === 'DONE');
    expect(done).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'IN_PROGRESS')).toHaveLength(CALLS - 1);
    expect(await askedOfAll(often(task))).toEqual(Array.from({ length: CALLS }, () => done[0]));
    expect(await requestsFor(task)).toHaveLength(1);
  });

  it('are 50 things under 50 keys', async () => {
    const tasks = await Promise.all(
      Array.from({ length: CALLS }, (_, index) =>
        scene.task('createEntityOnboardingSession', `many-keys-${index}`, processes[0]),
      ),
    );

    const outcomes = await askedOfAll(tasks);

    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(CALLS);
    for (const task of tasks) expect(await scene.sandboxes.sessionsOf(keyOf(task))).toBe(1);
  });
});

function often(task: Task): Task[] {
  return Array.from({ length: CALLS }, () => task);
}
