import { fileURLToPath, pathToFileURL } from 'node:url';

import { ask, hasKey, isRequestOf, providerOf, type Mutation, type Outcome, type Task } from './mutations.ts';
import { inTurn, type Scene } from './scene.ts';
import type { ServiceProcess } from './service-process.ts';
import { until } from './until.ts';

/** Where a process is killed; for all but `after-received` see `crash-at.ts`. */
export const POINTS = {
  'before-record': 'before the effect is recorded',
  'after-record': 'after recording and before sending',
  'after-received': 'after the provider received it and before its answer',
  'before-store': 'after the answer and before it is stored',
  'after-store': 'after storing',
} as const;
export type Point = keyof typeof POINTS;

/** A process that was killed, and what became of what it had been asked for. */
export interface Victim {
  readonly point: Point;
  /** What it was killed over. */
  readonly task: Task;
  /** Whether its caller was answered all the same. */
  readonly wasAnswered: boolean;
  /** Null: a signal ended it. */
  readonly exitCode: number | null;
  /** Another task, which it had answered before. */
  readonly acknowledged: { readonly task: Task; readonly outcome: Outcome };
  /** What another process answers right after the kill; null of what has no key. */
  readonly atOnce: Outcome | null;
}

interface Doomed extends Pick<Victim, 'point' | 'task' | 'acknowledged'> {
  readonly process: ServiceProcess;
}

const PRELOAD = pathToFileURL(fileURLToPath(new URL('crash-at.ts', import.meta.url))).href;
/** Time enough to be killed in. */
const ANSWER_AFTER_MS = 3_000;

/** A process that kills itself at a point of a mutation. */
export async function killedInside(
  scene: Scene,
  witness: ServiceProcess,
  at: { point: Point; mutation: Mutation; round: number },
): Promise<Victim> {
  const doomed = await doom(scene, witness, at);
  return after(doomed, ask(doomed.process, doomed.task), witness);
}

/** A process for each of the mutations, killed from outside while the provider has its request and has not answered. */
export async function killedWhileWaiting(
  scene: Scene,
  witness: ServiceProcess,
  { mutations, round }: { mutations: readonly Mutation[]; round: number },
): Promise<Victim[]> {
  const { sandboxes } = scene;
  const all = await Promise.all(
    mutations.map((mutation) =>
      inTurn(() => doom(scene, witness, { point: 'after-received', mutation, round })),
    ),
  );
  await sandboxes.idle();
  await sandboxes.delay('incode', '/omni/start', ANSWER_AFTER_MS);
  await sandboxes.delay('incode', '/omni/finish-status', ANSWER_AFTER_MS);
  await sandboxes.delay('increase', 'POST /', ANSWER_AFTER_MS);
  await sandboxes.delay('relay', 'POST /', ANSWER_AFTER_MS);
  const victims = await Promise.all(
    all.map(async (doomed) => {
      const answer = ask(doomed.process, doomed.task);
      await Promise.all([killedOnceReceived(scene, doomed), answer.catch(() => undefined)]);
      return after(doomed, answer, witness);
    }),
  );
  await sandboxes.undelay();
  return victims;
}

async function killedOnceReceived({ sandboxes }: Scene, { task, process }: Doomed): Promise<void> {
  const request = await until(async () => {
    const requests = await sandboxes.requests(providerOf(task));
    return requests.find((one) => isRequestOf(one, task)) ?? false;
  });
  await process.kill();
  if (request.status !== null) throw new Error('It was answered before it was killed');
}

/** Starts a process that is to die, and has it answer something before. */
async function doom(
  scene: Scene,
  witness: ServiceProcess,
  { point, mutation, round }: { point: Point; mutation: Mutation; round: number },
): Promise<Doomed> {
  const name = `${mutation}-${point}-${round}`;
  const task = await scene.task(mutation, name, witness);
  const process = await scene.start({
    NODE_OPTIONS: `--import=${PRELOAD}`,
    CRASH_AT: point,
    CRASH_ON: mutation,
  });
  const other = mutation === 'onboardCustomer' ? 'startOnboardingSession' : 'onboardCustomer';
  const acknowledged = await scene.task(other, `acknowledged-${name}`, witness);
  return {
    point,
    task,
    process,
    acknowledged: { task: acknowledged, outcome: await ask(process, acknowledged) },
  };
}

async function after(
  { point, task, process, acknowledged }: Doomed,
  answer: Promise<Outcome>,
  witness: ServiceProcess,
): Promise<Victim> {
  const wasAnswered = await answer.then(
    () => true,
    () => false,
  );
  const exitCode = await process.ended;
  const atOnce = hasKey(task) ? await ask(witness, task) : null;
  return { point, task, wasAnswered, exitCode, acknowledged, atOnce };
}
