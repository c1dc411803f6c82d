import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface RunningProcess {
  /** All that was written so far, to stdout and to stderr. */
  output(): string;
  readonly stderr: () => string;
  /** Done when a line matches; what it matched. Fails when the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** The exit code once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Runs a program of the project in `cwd`, with nothing of this process's environment but what finds Node. */
export function run(
  program: string,
  { cwd, args = [], env = {} }: { cwd: string; args?: readonly string[]; env?: Record<string, string> },
): RunningProcess {
  const file = fileURLToPath(new URL(`../../${program}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { cwd, env: { PATH: process.env['PATH'], ...env } });
  let output = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const add = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    add(chunk);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return {
    output: () => output,
    stderr: () => stderr,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended without printing ${pattern}:\n${output}`)));
      }),
    kill: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}
