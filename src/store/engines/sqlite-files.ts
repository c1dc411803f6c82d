import { realpathSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { looksAt, type Look } from './sqlite-looks.ts';

/** Longer than another process is in the middle of writing back, when a file may look as if it were cut off. */
const SETTLED_AFTER_MS = 1_000;
const LOOK_AGAIN_MS = 10;

/** The files of an open database. What is written to one that is no longer at its place would be gone with the process. */
export interface Files {
  /** What is wrong with them right now, and what to do about it; null when they are those that are in use. @throws SQLite's error */
  problem(): string | null;
  /** @throws what has been wrong with them for a second */
  check(): Promise<void>;
  /** Whether the last check threw: nothing of ours may come into what is at their place. */
  areLost(): boolean;
}

/** @param file of a database that was opened just now */
export function filesOf(file: string, database: DatabaseSync): Files {
  const looks = looksAt(file, realpathSync(file), database);
  const problem = () => firstProblem(looks);
  let areLost = false;
  return {
    problem,
    areLost: () => areLost,
    async check() {
      const end = performance.now() + (areLost ? 0 : SETTLED_AFTER_MS);
      let found = problem();
      while (found !== null && performance.now() < end) {
        await delay(LOOK_AGAIN_MS);
        found = problem();
      }
      areLost = found !== null;
      if (found !== null) throw new Error(found);
    },
  };
}

function firstProblem(looks: readonly Look[]): string | null {
  for (const look of looks) {
    const problem = look();
    if (problem !== null) return problem;
  }
  return null;
}
