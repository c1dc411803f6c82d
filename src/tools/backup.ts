import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { readConfig } from '../config.ts';
import { readEnvironment } from '../environment.ts';
import { StartupProblem } from '../startup-problem.ts';
import { keyFileOf } from '../store/development-key.ts';
import { backUpSqlite } from '../store/sqlite-backup.ts';
import { existingDatabase, sqliteFileOf } from './existing-database.ts';
import { progressOf, type Progress } from './progress.ts';
import { INTERRUPTED, OK, runTool } from './tool.ts';

await runTool(async (signal) => {
  const target = targetOf(process.argv.slice(2));
  const config = readConfig(readEnvironment());
  const file = sqliteFileOf(config.databaseUrl);
  if (file === null) {
    throw new StartupProblem([
      'The database is PostgreSQL: back it up with its own tool, pg_dump --format=custom.',
    ]);
  }
  await (await existingDatabase(config.databaseUrl)).close();

  let progress: Progress | undefined;
  try {
    await backUpSqlite(file, target, {
      signal,
      onProgress: (done, total) => (progress ??= progressOf(`of ${total} pages`, total)).at(done),
    });
  } catch (cause) {
    progress?.end();
    if (signal.aborted) {
      console.log('Interrupted: no backup was made.');
      return INTERRUPTED;
    }
    throw new StartupProblem([`${target} could not be made: ${(cause as Error).message}.`], { cause });
  }
  progress?.end();
  console.log(`${file} is backed up in ${target}.`);
  console.log(
    `Keep ${config.encryptionKeys ? 'ENCRYPTION_KEYS' : keyFileOf(config.databaseUrl)}, too, in another place: without it, nobody can read the secrets.`,
  );
  return OK;
});

/** @throws {StartupProblem} where nothing can or may be written */
function targetOf(args: readonly string[]): string {
  const [name, ...others] = args;
  if (!name || others.length > 0) throw new StartupProblem(['Name one file: npm run backup -- FILE']);
  const target = resolve(name);
  if (existsSync(target)) throw new StartupProblem([`${target} exists, and is not overwritten.`]);
  if (!statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory()) {
    throw new StartupProblem([`There is no folder ${dirname(target)}. Make it first.`]);
  }
  return target;
}
