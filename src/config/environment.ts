import { parseEnv } from 'node:util';

import { textOf } from '../formats/text-file.ts';
import type { Environment } from './config.ts';
import { StartupProblem } from './startup-problem.ts';

/**
 * The process's environment, with what a file `.env` in the working directory adds to it.
 * @throws {StartupProblem} when the file cannot be read, or has a line that sets nothing
 */
export function readEnvironment(file = '.env'): Environment {
  const text = textIn(file);
  if (text === null) return process.env;
  const line = unreadableLine(text);
  if (line !== null) {
    throw new StartupProblem([
      `Line ${line} of ${file} cannot be read. Write NAME=value, or begin it with #.`,
    ]);
  }
  return { ...parseEnv(text), ...process.env };
}

/** What the file alone sets; it was read before. */
export function setInFile(file = '.env'): Environment {
  return parseEnv(textIn(file) ?? '');
}

function textIn(file: string): string | null {
  try {
    return textOf(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartupProblem([`${file} cannot be read. It must be a file that this user may read.`], {
      cause: error,
    });
  }
}

/** Node passes over what it cannot read; a key that is passed over would put its provider into the sandbox. */
function unreadableLine(text: string): number | null {
  const withoutLongValues = text.replaceAll(
    /=\s*(["'`])[^"'`]*?\1/g,
    (value) => `=${'\n'.repeat(value.split('\n').length - 1)}`,
  );
  const index = withoutLongValues
    .split(/\r?\n/)
    .findIndex((line) => !/^\s*(#.*|(export\s+)?[A-Za-z_]\w*\s*=.*)?$/.test(line));
  return index < 0 ? null : index + 1;
}
