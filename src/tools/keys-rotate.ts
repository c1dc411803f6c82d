import { setTimeout as delay } from 'node:timers/promises';

import { readConfig } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { StartupProblem } from '../config/startup-problem.ts';
import { keyFileOf } from '../store/secrets/development-key.ts';
import { reEncryption, type ReEncryption, type Unreadable } from '../store/secrets/re-encryption.ts';
import { existingDatabase, isOfAnEarlierVersion } from './existing-database.ts';
import { progressOf } from './progress.ts';
import { FAILED, INTERRUPTED, OK, runTool } from './tool.ts';

const NAMED_AT_MOST = 100;
const KILLED = 'One that crashed or was killed counts as running for 15 seconds.';

const usage = `Usage: npm run keys:rotate

Brings every stored secret under the first key of ENCRYPTION_KEYS, while the service goes on. See docs/operations.md.`;

await runTool({ usage, run });

async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  if (args.length > 0) throw new StartupProblem(['It takes no arguments.', usage]);
  const { databaseUrl, encryptionKeys } = readConfig(readEnvironment());
  if (!encryptionKeys) {
    throw new StartupProblem([
      `ENCRYPTION_KEYS is not set, so there is one key, in the file ${keyFileOf(databaseUrl)}, and nothing to rotate. ` +
        'To leave it, set ENCRYPTION_KEYS to the key in that file, a comma, and a new one, restart the service, ' +
        'and go on as docs/operations.md says.',
    ]);
  }
  const database = await existingDatabase(databaseUrl);
  try {
    return await rotate(reEncryption(database, encryptionKeys), signal);
  } catch (cause) {
    if (cause instanceof StartupProblem) throw cause;
    if (isOfAnEarlierVersion(cause)) {
      throw new StartupProblem(
        ['The database is of an earlier version. Start the service of this version with it once.'],
        { cause },
      );
    }
    throw new StartupProblem(
      [
        `The database could not be used to the end: ${(cause as Error).message}. What was done stays done; run it again to go on.`,
      ],
      { cause },
    );
  } finally {
    await database.close();
  }
}

async function rotate(work: ReEncryption, signal: AbortSignal): Promise<number> {
  const { withoutIt } = await work.others();
  if (withoutIt > 0) {
    throw new StartupProblem([
      `${withoutIt === 1 ? 'A service is' : `${withoutIt} services are`} running without the first of these ENCRYPTION_KEYS, ` +
        'and could not read what is encrypted now. Begin with step 1 of «Changing the encryption key» in ' +
        `docs/operations.md. ${KILLED}`,
    ]);
  }
  const total = await work.remaining();
  const { reEncrypted, unreadable } = await reEncryptAll(work, total, signal);
  console.log(`${countOf(reEncrypted)} now under the first key.`);
  if (signal.aborted) {
    console.log(`Interrupted: ${countOf(await work.remaining())} left. Run it again to go on.`);
    return INTERRUPTED;
  }
  return concluded(work, unreadable);
}

async function reEncryptAll(work: ReEncryption, total: number, signal: AbortSignal) {
  const progress = progressOf(`of ${total} secrets under another key`, total);
  const unreadable: Unreadable[] = [];
  let done = 0;
  let reEncrypted = 0;
  progress.at(0);
  let start = performance.now();
  for await (const batch of work.batches()) {
    done += batch.size;
    reEncrypted += batch.reEncrypted;
    unreadable.push(...batch.unreadable);
    progress.at(done);
    if (signal.aborted) break;
    // Half of the time is the service's, which waits while a batch is written.
    await delay(performance.now() - start);
    start = performance.now();
  }
  progress.end();
  return { reEncrypted, unreadable };
}

async function concluded(work: ReEncryption, unreadable: readonly Unreadable[]): Promise<number> {
  const forgotten = await work.forgetUnusedKeys();
  const left = await work.remaining();
  if (unreadable.length > 0) tell(unreadable);
  if (left > unreadable.length) {
    console.error(
      `${countOf(left - unreadable.length)} stored under another key while this ran. Run it again.`,
    );
  }
  const { writingUnderAnother } = await work.others();
  if (writingUnderAnother > 0) {
    console.error(
      `${writingUnderAnother === 1 ? 'A service is' : `${writingUnderAnother} services are`} running with another key first, ` +
        `and will go on to write under that one. Restart with the same ENCRYPTION_KEYS, and run this again. ${KILLED}`,
    );
  }
  if (left > 0 || writingUnderAnother > 0) {
    console.error('Keep all keys in ENCRYPTION_KEYS.');
    return FAILED;
  }
  const which = forgotten.length > 0 ? ` (${forgotten.join(', ')})` : '';
  console.log(
    `Nothing is stored under another key${which}. Once every service runs with the new key first, and this was run ` +
      'again after that, the others can be taken out of ENCRYPTION_KEYS: after 30 days without loss, or at once with ' +
      'what docs/operations.md says.',
  );
  return OK;
}

/** By table and id alone. */
function tell(unreadable: readonly Unreadable[]): void {
  console.error(`${countOf(unreadable.length)} unreadable, and left as before:`);
  for (const { table, id } of unreadable.slice(0, NAMED_AT_MOST)) {
    console.error(`  ${table} ${id.map((part) => JSON.stringify(part)).join(' ')}`);
  }
  if (unreadable.length > NAMED_AT_MOST) console.error(`  and ${unreadable.length - NAMED_AT_MOST} more`);
  for (const remedy of new Set(unreadable.map((secret) => secret.remedy))) console.error(remedy);
}

function countOf(secrets: number): string {
  return secrets === 1 ? '1 secret is' : `${secrets} secrets are`;
}
