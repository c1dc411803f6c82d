import { lstatSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { StartupProblem } from '../config/startup-problem.ts';

/** Where a backup goes. @throws {StartupProblem} where nothing may be written */
export function targetOf(args: readonly string[]): string {
  const [name, ...others] = args;
  if (!name || others.length > 0) throw new StartupProblem(['Name one file: npm run backup -- FILE']);
  const target = resolve(name);
  try {
    if (!statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory()) {
      throw new StartupProblem([`There is no folder ${dirname(target)}. Make it first.`]);
    }
    // A link that leads nowhere is there, too.
    if (lstatSync(target, { throwIfNoEntry: false })) {
      throw new StartupProblem([`${target} exists, and is not overwritten.`]);
    }
  } catch (cause) {
    throw cause instanceof StartupProblem ? cause : unmade(target, cause);
  }
  return target;
}

/** That a backup could not be made, and why. */
export function unmade(target: string, cause: unknown): StartupProblem {
  const { code = '', errcode = 0, message } = cause as { code?: string; errcode?: number; message: string };
  const reason = REASONS[code] ?? (errcode === SQLITE_FULL ? REASONS['ENOSPC'] : undefined) ?? `${message}.`;
  return new StartupProblem([`${target} could not be made: ${reason}`], { cause });
}

const SQLITE_FULL = 13;
const PERMISSION = 'this user may not write there. Choose another folder, or change its permissions.';
const REASONS: Readonly<Record<string, string>> = {
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: 'the folder can only be read. Choose another.',
  ENOSPC: 'the disk is full. Make room, or choose another.',
  EDQUOT: 'the disk is full. Make room, or choose another.',
  ENAMETOOLONG: 'its name is too long.',
};
