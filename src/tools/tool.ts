import { parseArgs } from 'node:util';

import { StartupProblem } from '../config/startup-problem.ts';

/** A program for whoever operates the service; it answers its exit code. */
export interface Tool {
  /** How it is called, and what it does. */
  readonly usage: string;
  /** `signal` is aborted by Ctrl-C or SIGTERM. */
  run(args: readonly string[], signal: AbortSignal): Promise<number>;
}

export const OK = 0;
export const FAILED = 1;
export const INTERRUPTED = 130;

/** Runs a tool as the process: a problem is told in a sentence, and a second Ctrl-C ends it at once. */
export async function runTool(tool: Tool): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
    interruption.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    process.exitCode = await called(tool, interruption.signal);
  } catch (error) {
    if (!(error instanceof StartupProblem)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exitCode = FAILED;
  }
}

async function called({ usage, run }: Tool, signal: AbortSignal): Promise<number> {
  const { values, positionals } = argumentsOr(usage);
  if (!values.help) return run(positionals, signal);
  console.log(usage);
  return OK;
}

function argumentsOr(usage: string) {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (cause) {
    throw new StartupProblem(['There is no such option.', usage], { cause });
  }
}
