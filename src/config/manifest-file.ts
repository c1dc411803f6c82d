import { textOf } from '../formats/text-file.ts';
import { StartupProblem } from './startup-problem.ts';

/** What the file of TRUSTED_DOCUMENTS holds, in JSON. @throws {StartupProblem} when it cannot be read */
export function manifestIn(file: string): unknown {
  try {
    return JSON.parse(textOf(file));
  } catch (cause) {
    throw unusableManifest(file, [reasonOf(cause)], cause);
  }
}

/** A sentence for each problem, which follows the file's name. */
export function unusableManifest(file: string, problems: readonly string[], cause: unknown): StartupProblem {
  return new StartupProblem(
    problems.map((problem) => `The file ${file} of TRUSTED_DOCUMENTS ${problem}`),
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'is not JSON. Make it anew with the tools of your clients.';
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
    return 'does not exist. Put it there, or set TRUSTED_DOCUMENTS to where it is.';
  }
  return 'cannot be read. It must be a file that this user may read.';
}
