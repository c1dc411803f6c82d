import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a program beside this file, and waits for the URL that it sends when it listens. */
export async function start(
  program: string,
  ...args: string[]
): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args);
  const [url] = (await once(child, 'message')) as [string];
  return { url, child };
}

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}
