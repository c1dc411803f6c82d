import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

import { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { effectsOf } from '../../../src/onboarding/effects.ts';
import type { Operation } from '../../../src/onboarding/operation.ts';
import { groupCommit } from '../../../src/store/engines/group-commit.ts';
import { openStore } from '../../../src/store/store.ts';
import { existingDatabase } from '../../../src/tools/existing-database.ts';
import { patient } from '../../support/outcome.ts';

const encryptionKeys = [Buffer.alloc(32, 1)];
const HELD_FOR_MS = 150;

let folder: string;
let file: string;
let databaseUrl: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-sqlite-'));
  file = join(folder, 'onboarding.db');
  databaseUrl = `sqlite:${file}`;
  const store = await openStore({ databaseUrl, encryptionKeys });
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Has another thread hold the whole database for a moment, as one does that makes it one with a write-ahead log. */
async function heldByAnother(): Promise<Worker> {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = DELETE'); // as a backup is
  database.close();
  const worker = new Worker(
    `const { DatabaseSync } = require('node:sqlite');
     const { parentPort, workerData } = require('node:worker_threads');
     const database = new DatabaseSync(workerData.file);
     database.exec('BEGIN EXCLUSIVE');
     parentPort.postMessage('held');
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.ms);
     database.exec('COMMIT');
     database.close();`,
    { eval: true, workerData: { file, ms: HELD_FOR_MS } },
  );
  await new Promise((resolve) => {
    worker.once('message', resolve);
  });
  return worker;
}

describe('a database that another process holds for a moment', () => {
  it('is waited for by a service that starts', async () => {
    await heldByAnother();

    const store = await openStore({ databaseUrl, encryptionKeys });

    expect(await store.isReady()).toBe(true);
    await store.close();
  });

  it('is waited for by a tool', async () => {
    await heldByAnother();

    const database = await existingDatabase(databaseUrl);

    expect(await database.db.selectFrom('effect').selectAll().execute()).toEqual([]);
    await database.close();
  });
});

function all(text: string) {
  if (text === 'wrong') throw new Error('constraint failed');
  return [];
}

describe('writes that arrive together', () => {
  const LOCKED = new Error('database is locked');

  /** SQLite as another process makes it: after so many transactions, none can be begun. */
  function lockedAfter(transactions: number) {
    let count = 0;
    const begin = () => {
      count += 1;
      return count > transactions ? Promise.reject(LOCKED) : Promise.resolve();
    };
    const write = groupCommit({ begin, exec: () => undefined, all, isInTransaction: () => false });
    const outcomeOf = (text: string) =>
      write([CompiledQuery.raw(text)]).then(
        () => 'written',
        ({ message }: Error) => message,
      );
    return { outcomeOf, begun: () => count };
  }

  it('fail together where none can be begun, after one wait', async () => {
    const { begun, outcomeOf } = lockedAfter(0);

    const outcomes = await Promise.all(['a', 'b', 'c'].map(outcomeOf));

    expect(outcomes).toEqual(Array.from({ length: 3 }, () => LOCKED.message));
    expect(begun()).toBe(1);
  });

  it('fail together, too, where they were to be made one by one because of another', async () => {
    const { begun, outcomeOf } = lockedAfter(2);

    const outcomes = await Promise.all(['a', 'wrong', 'b', 'c'].map(outcomeOf));

    expect(outcomes).toEqual(['written', LOCKED.message, LOCKED.message, LOCKED.message]);
    expect(begun()).toBe(3);
  });
});

describe('forgetting what is old', () => {
  it('lets others have their turn, who would wait for SQLite to end otherwise', async () => {
    const rows = Array.from(
      { length: 2_500 },
      (_each, key) => `('old', '', '${key}', '', 'SUCCEEDED', 1, 0)`,
    );
    const columns = 'operation, caller, key, fingerprint, state, attempt, created_at';
    const database = new DatabaseSync(file);
    database.exec(`INSERT INTO effect (${columns}) VALUES ${rows.join()}`);
    const old = database.prepare("SELECT count(*) AS count FROM effect WHERE operation = 'old'");
    const store = await openStore({ databaseUrl, encryptionKeys });
    const effects = effectsOf(store.effectStore);
    let left = 0;
    const operation: Operation<string, string> = {
      name: 'new',
      perform() {
        left = Number(old.get()?.['count']);
        return Promise.resolve({ result: 'done', writes: [] });
      },
    };

    await Promise.all([effects.sweep(), effects.run(operation, 'key', 'request', patient)]);

    expect(left).toBeGreaterThan(0);
    expect(old.get()).toEqual({ count: 0 });
    database.close();
    await store.close();
  });
});
