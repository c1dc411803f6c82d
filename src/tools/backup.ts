import { readConfig } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { StartupProblem } from '../config/startup-problem.ts';
import { keyFileOf } from '../store/secrets/development-key.ts';
import { backUpSqlite } from '../store/engines/sqlite-backup.ts';
import { targetOf, unmade } from './backup-target.ts';
import { existingDatabase, sqliteFileOf } from './existing-database.ts';
import { progressOf, type Progress } from './progress.ts';
import { INTERRUPTED, OK, runTool } from './tool.ts';

const usage = `Usage: npm run backup -- FILE

Copies the SQLite database of DATABASE_URL to a new FILE, as it is at this moment, while the service goes on.`;

await runTool({ usage, run: backUp });

async function backUp(args: readonly string[], signal: AbortSignal): Promise<number> {
  const target = targetOf(args);
  const { databaseUrl, encryptionKeys } = readConfig(readEnvironment());
  const file = sqliteFileOf(databaseUrl);
  if (file === null) {
    throw new StartupProblem([
      'The database is PostgreSQL: back it up with its own tool, pg_dump --format=custom.',
    ]);
  }
  await (await existingDatabase(databaseUrl)).close();

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
    throw unmade(target, cause);
  }
  progress?.end();
  console.log(`${file} is backed up in ${target}.`);
  console.log(
    `Keep ${encryptionKeys ? 'ENCRYPTION_KEYS' : keyFileOf(databaseUrl)}, too, in another place: without it, nobody can read the secrets.`,
  );
  return OK;
}
