import { availableParallelism } from 'node:os';

import { engines, type Engine } from './engines.ts';
import { ask, idIn, phoneOf, type Mutation, type Task } from './mutations.ts';
import { startSandboxes, type Sandboxes } from './sandboxes.ts';
import { startProcess, type ServiceProcess } from './service-process.ts';

/** Processes of the service that share a database, and the providers that they talk to. */
export interface Scene extends AsyncDisposable {
  readonly engine: Engine;
  readonly sandboxes: Sandboxes;
  start(env?: Record<string, string>): Promise<ServiceProcess>;
  /** A task, with the session that it needs: `process` opens it. */
  task(mutation: Mutation, name: string, process: ServiceProcess): Promise<Task>;
  /** What was asked for so that others had a session to be about. */
  readonly openings: readonly Task[];
  /** All that the processes wrote, to stdout and to stderr. */
  output(): string;
  killAll(): Promise<void>;
}

const OPENED_BY: Partial<Record<Mutation, Mutation>> = {
  completeOnboardingSession: 'startOnboardingSession',
  'completeOnboardingSession/key': 'startOnboardingSession',
  expireEntityOnboardingSession: 'createEntityOnboardingSession',
  submitEntityOnboardingSession: 'createEntityOnboardingSession',
};

export async function startScene(engineName: keyof typeof engines): Promise<Scene> {
  const engine = await engines[engineName]();
  const sandboxes = await startSandboxes();
  const processes: ServiceProcess[] = [];
  const openings: Task[] = [];
  let tasks = 0;

  const killAll = async () => {
    await Promise.all(processes.map((process) => process.kill()));
  };
  return {
    engine,
    sandboxes,
    openings,
    async start(env) {
      const process = await startProcess(engine, sandboxes, env);
      processes.push(process);
      return process;
    },
    async task(mutation, name, process) {
      tasks += 1;
      const task = { mutation, name, phone: phoneOf(tasks) };
      const opener = OPENED_BY[mutation];
      if (!opener) return task;
      const opening = { mutation: opener, name: `opening-${name}`, phone: task.phone };
      openings.push(opening);
      return { ...task, sessionId: idIn(await ask(process, opening)) };
    },
    output: () => processes.map((process) => process.output()).join('\n'),
    killAll,
    async [Symbol.asyncDispose]() {
      await killAll();
      await sandboxes[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

/** As many processes at the same time as the machine is good for; the others after them. */
export const inTurn = limited(availableParallelism() + 1);

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
