import type { Provider } from '../support/service.ts';
import type { engines } from './engines.ts';
import { ask, isRequestOf, MUTATIONS, type Outcome, type Task } from './mutations.ts';
import type { Counters, ReceivedRequest, Sandboxes } from './sandboxes.ts';
import { inTurn, startScene, type Scene } from './scene.ts';
import type { ServiceProcess } from './service-process.ts';
import { until } from './until.ts';
import { killedInside, killedWhileWaiting, POINTS, type Point, type Victim } from './victim.ts';

/** What the providers had got, and what a restarted process answers. */
export interface Survey {
  /** Requests for what it was killed over, until recovery had run. */
  readonly sent: number;
  readonly later: Outcome;
  /** What the caller had heard of already. */
  readonly acknowledgedLater: Outcome;
}

export interface Wreck extends AsyncDisposable {
  readonly scene: Scene;
  readonly victims: readonly (Victim & Survey)[];
  /** The process that was started after all of them had died. */
  readonly restarted: ServiceProcess;
  /** Once everything had been asked for again. */
  readonly counters: Readonly<Record<Provider, Counters>>;
}

const PROVIDERS = ['incode', 'increase', 'relay'] as const;
const KEYED = 'completeOnboardingSession/key';
const RECOVERED_WITHIN_MS = 120_000;

/**
 * Has a process die at every point of every mutation, so many times, and starts another on what they left.
 * @param realLeases waits until those of the dead run out by themselves
 */
export async function wreck(
  engineName: keyof typeof engines,
  { rounds, realLeases }: { rounds: number; realLeases: boolean },
): Promise<Wreck> {
  const scene = await startScene(engineName);
  try {
    return await wreckIn(scene, { rounds, realLeases });
  } catch (error) {
    await scene[Symbol.asyncDispose]();
    throw error;
  }
}

async function wreckIn(
  scene: Scene,
  { rounds, realLeases }: { rounds: number; realLeases: boolean },
): Promise<Wreck> {
  const { engine, sandboxes } = scene;
  const victims = await victimsOf(scene, rounds);

  await sandboxes.idle();
  if (!realLeases) await engine.endLeases();
  const restarted = await scene.start();
  await until(async () => (await engine.pending()) === 0, RECOVERED_WITHIN_MS);

  const requests = await received(sandboxes);
  const sentFor = (task: Task) => requests.filter((request) => isRequestOf(request, task)).length;
  const surveyed = await Promise.all(
    victims.map((victim) =>
      inTurn(async () => ({
        ...victim,
        sent: sentFor(victim.task),
        later: await ask(restarted, victim.task),
        acknowledgedLater: await ask(restarted, victim.acknowledged.task),
      })),
    ),
  );
  const [incode, increase, relay] = await Promise.all([
    sandboxes.counters('incode'),
    sandboxes.counters('increase'),
    sandboxes.counters('relay'),
  ]);
  return {
    scene,
    victims: surveyed,
    restarted,
    counters: { incode, increase, relay },
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  };
}

async function victimsOf(scene: Scene, rounds: number): Promise<Victim[]> {
  const witness = await scene.start();
  const waiting: Victim[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    // One completion at a time: see `isRequestOf`.
    const others = MUTATIONS.filter((mutation) => mutation !== KEYED);
    waiting.push(...(await killedWhileWaiting(scene, witness, { mutations: [KEYED], round })));
    waiting.push(...(await killedWhileWaiting(scene, witness, { mutations: others, round })));
  }
  const points = (Object.keys(POINTS) as Point[]).filter((point) => point !== 'after-received');
  const others = Array.from({ length: rounds }, (_, index) =>
    points.flatMap((point) =>
      MUTATIONS.map((mutation) =>
        inTurn(() => killedInside(scene, witness, { point, mutation, round: index + 1 })),
      ),
    ),
  );
  return [...waiting, ...(await Promise.all(others.flat()))];
}

async function received(sandboxes: Sandboxes): Promise<ReceivedRequest[]> {
  return (await Promise.all(PROVIDERS.map((provider) => sandboxes.requests(provider)))).flat();
}
