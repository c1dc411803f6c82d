import { StartupProblem } from '../startup-problem.ts';

/** A program for whoever operates the service; it answers its exit code. `signal` is aborted by Ctrl-C or SIGTERM. */
export type Tool = (signal: AbortSignal) => Promise<number>;

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
    process.exitCode = await tool(interruption.signal);
  } catch (error) {
    if (!(error instanceof StartupProblem)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exitCode = FAILED;
  }
}
