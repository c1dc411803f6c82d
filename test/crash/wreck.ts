import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Provider } from '../support/service.ts';
import { engines, type Engine } from './engines.ts';
import { ask, isRequestOf, MUTATIONS, phoneOf, providerOf, type Outcome, type Task } from './mutations.ts';
import { startSandboxes, type Counters, type ReceivedRequest, type Sandboxes } from './sandboxes.ts';
import { startProcess, type ServiceProcess } from './service-process.ts';

/** Where the process is killed; for all but `after-received` see `crash-at.ts`. */
export const POINTS = {
  'before-record': 'before the effect is recorded',
  'after-record': 'after recording and before sending',
  'after-received': 'after the provider received it and before its answer',
  'before-store': 'after the answer and before it is stored',
  'after-store': 'after storing',
} as const;
export type Point = keyof typeof POINTS;

/** One process, and what became of what it was asked for. */
export interface Victim {
  readonly point: Point;
  /** What it was killed over. */
  readonly task: Task;
  /** Whether its caller was answered all the same. */
  readonly wasAnswered: boolean;
  /** Null: a signal ended it. */
  readonly exitCode: number | null;
  /** Another task, which it had been asked for before and had answered. */
  readonly acknowledged: { readonly task: Task; readonly outcome: Outcome };
  /** What another process answers right after the kill; null of what has no key. */
  readonly atOnce: Outcome | null;
}

/** What the provider had got, and what a restarted process answers. */
export interface Aftermath {
  /** Requests for it until recovery had run: before it was asked for again. */
  readonly sent: number;
  readonly later: Outcome;
  /** What the caller had heard of already. */
  readonly acknowledgedLater: Outcome;
}

export interface Wreck extends AsyncDisposable {
  readonly engine: Engine;
  readonly sandboxes: Sandboxes;
  readonly victims: readonly (Victim & Aftermath)[];
  /** Sessions that were opened for the others to be about. */
  readonly prepared: readonly Task[];
  /** The process that was started after all of them had died. */
  readonly restarted: ServiceProcess;
  readonly counters: Readonly<Record<Provider, Counters>>;
  /** Of all processes. */
  output(): string;
  killRest(): Promise<void>;
}

const PRELOAD = pathToFileURL(fileURLToPath(new URL('crash-at.ts', import.meta.url))).href;
/** Long enough to be killed in, and over before anybody looks at what became of it. */
const ANSWER_AFTER_MS = 3_000;
const slots = limited(availableParallelism() + 1);

/**
 * Has a process die at every point of every mutation, so many times, and restarts.
 * @param realLeases waits until those of the dead run out by themselves
 */
export async function wreck(
  name: keyof typeof engines,
  { rounds, realLeases }: { rounds: number; realLeases: boolean },
): Promise<Wreck> {
  const engine = await engines[name]();
  const sandboxes = await startSandboxes();
  const processes: ServiceProcess[] = [];
  const start = async (env?: Record<string, string>) => {
    const process = await startProcess(engine, sandboxes, env);
    processes.push(process);
    return process;
  };
  const witness = await start();
  const prepared: Task[] = [];
  let persons = 0;

  /** A task, with the session that it needs. */
  async function taskOf(mutation: Task['mutation'], task: string): Promise<Task> {
    persons += 1;
    const opening = OPENED_BY[mutation];
    if (!opening) return { mutation, name: task, phone: phoneOf(persons) };
    const preparation = { mutation: opening, name: `for-${task}` };
    prepared.push(preparation);
    const outcome = await ask(witness, preparation);
    return { mutation, name: task, sessionId: idIn(outcome) };
  }

  /** A process that has answered one thing, and what is to end it. */
  async function doomed(point: Point, mutation: Task['mutation'], round: number) {
    const name = `${mutation}-${point}-${round}`;
    const task = await taskOf(mutation, name);
    const process = await start({
      NODE_OPTIONS: `--import=${PRELOAD}`,
      CRASH_AT: point,
      CRASH_ON: mutation,
    });
    const other = mutation === 'onboardCustomer' ? 'startOnboardingSession' : 'onboardCustomer';
    const acknowledged = await taskOf(other, `acknowledged-${name}`);
    return {
      point,
      task,
      process,
      acknowledged: { task: acknowledged, outcome: await ask(process, acknowledged) },
    };
  }

  async function killed(
    { point, task, process, acknowledged }: Awaited<ReturnType<typeof doomed>>,
    kill?: () => Promise<void>,
  ): Promise<Victim> {
    const answer = ask(process, task).then(
      () => true,
      () => false,
    );
    await kill?.();
    const [wasAnswered, exitCode] = await Promise.all([answer, process.ended]);
    const hasKey = !task.mutation.startsWith('expire') && !task.mutation.startsWith('submit');
    const atOnce = hasKey ? await ask(witness, task) : null;
    return { point, task, wasAnswered, exitCode, acknowledged, atOnce };
  }

  /** Kills them from outside, each while the provider has its request and has not answered. */
  async function killedWhileWaiting(round: number): Promise<Victim[]> {
    const ready = await Promise.all(
      MUTATIONS.map((mutation) => slots(() => doomed('after-received', mutation, round))),
    );
    await sandboxes.delay('incode', '/omni/start', ANSWER_AFTER_MS);
    await sandboxes.delay('incode', '/omni/finish-status', ANSWER_AFTER_MS);
    await sandboxes.delay('increase', 'POST /', ANSWER_AFTER_MS);
    await sandboxes.delay('relay', 'POST /', ANSWER_AFTER_MS);
    const victims = ready.map((one) =>
      killed(one, async () => {
        const [received] = await until(async () => {
          const requests = await sandboxes.requests(providerOf(one.task));
          const mine = requests.filter((request) => isRequestOf(request, one.task));
          return mine.length > 0 && mine;
        });
        await one.process.kill();
        if (received?.status !== null) throw new Error('It was answered before it was killed');
      }),
    );
    const all = await Promise.all(victims);
    await sandboxes.undelay();
    return all;
  }

  const victims: Victim[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    victims.push(...(await killedWhileWaiting(round)));
  }
  const others = (Object.keys(POINTS) as Point[]).filter((point) => point !== 'after-received');
  const inside = Array.from({ length: rounds }, (_, index) =>
    others.flatMap((point) =>
      MUTATIONS.map((mutation) => slots(async () => killed(await doomed(point, mutation, index + 1)))),
    ),
  );
  victims.push(...(await Promise.all(inside.flat())));

  // What the providers have been asked for they carry out, even if nobody waits for it any more.
  await until(async () => (await received(sandboxes)).every(({ status }) => status !== null));
  if (!realLeases) await engine.endLeases();
  const restarted = await start();
  await until(async () => (await engine.pending()) === 0, 120_000);

  const requests = await received(sandboxes);
  const sentFor = (task: Task) => requests.filter((request) => isRequestOf(request, task)).length;
  const afterwards = await Promise.all(
    victims.map((victim) =>
      slots(async () => ({
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
  const killRest = async () => {
    await Promise.all(processes.map((process) => process.kill()));
  };
  return {
    engine,
    sandboxes,
    victims: afterwards,
    prepared,
    restarted,
    counters: { incode, increase, relay },
    output: () => processes.map((process) => process.output()).join('\n'),
    killRest,
    async [Symbol.asyncDispose]() {
      await killRest();
      await sandboxes[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

/** What opens the session that a mutation is about. */
const OPENED_BY: Partial<Record<Task['mutation'], Task['mutation']>> = {
  completeOnboardingSession: 'startOnboardingSession',
  expireEntityOnboardingSession: 'createEntityOnboardingSession',
  submitEntityOnboardingSession: 'createEntityOnboardingSession',
};

/** The id of what a mutation led to. */
export function idIn(outcome: Outcome): string {
  const found = Object.values(outcome).find((value) => typeof value === 'object' && value !== null);
  if (!found) throw new Error(`It led to nothing: ${JSON.stringify(outcome)}`);
  return (found as { id: string }).id;
}

async function received(sandboxes: Sandboxes): Promise<ReceivedRequest[]> {
  const providers = ['incode', 'increase', 'relay'] as const;
  return (await Promise.all(providers.map((provider) => sandboxes.requests(provider)))).flat();
}

async function until<T>(look: () => Promise<T | false>, withinMs = 30_000): Promise<T> {
  for (const end = Date.now() + withinMs; Date.now() < end; await delay(25)) {
    const found = await look();
    if (found !== false) return found;
  }
  throw new Error('It did not come about in time');
}

/** Runs so many at the same time, and the others after them. */
function limited(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < max) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
