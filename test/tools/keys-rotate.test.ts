import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { MissingEncryptionKey } from '../../src/store/secrets/key-check.ts';
import { reEncryption } from '../../src/store/secrets/re-encryption.ts';
import { openDatabase, openStore } from '../../src/store/store.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { run } from '../support/process.ts';
import { fill, inBase64, newKey, oldKey, readBack, session, startTool, whole } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-rotate-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const sqliteUrl = () => `sqlite:${join(folder, 'onboarding.db')}`;
const startRotating = (databaseUrl: string, ...keys: Buffer[]) =>
  startTool('keys-rotate', {
    cwd: folder,
    env: { DATABASE_URL: databaseUrl, ...(keys.length > 0 && { ENCRYPTION_KEYS: inBase64(...keys) }) },
  });
const rotate = (databaseUrl: string, ...keys: Buffer[]) => startRotating(databaseUrl, ...keys).ended;

async function left(databaseUrl: string): Promise<number> {
  const database = openDatabase(databaseUrl);
  const remaining = await reEncryption(database, [newKey, oldKey]).remaining();
  await database.close();
  return remaining;
}

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

describe.each(['SQLite', 'PostgreSQL'])('keys:rotate with %s', (engine) => {
  /** Enough for the tool to be met in the middle. */
  const many = engine === 'SQLite' ? 12_000 : 4_000;
  let url: string;
  beforeEach(async () => {
    url = engine === 'SQLite' ? sqliteUrl() : await postgres.newDatabase();
  });

  it('brings every secret under the first key, so that the old one is no longer needed', async () => {
    await fill(url, [oldKey], 450);

    const { code, output } = await rotate(url, newKey, oldKey);

    expect(output).toContain('465 secrets are now under the first key.');
    expect(output).toContain('100 %');
    expect(output).toMatch(/Nothing is stored under another key \([\da-f]{16}\)/);
    expect(code).toBe(0);
    await expect(openStore({ databaseUrl: url, encryptionKeys: [oldKey] })).rejects.toThrow(
      MissingEncryptionKey,
    );
    expect(await readBack(url, [newKey], 450)).toEqual(whole(450));
  });

  it.each([
    ['SIGKILL', null, / %\s/],
    ['SIGINT', 130, /Interrupted: \d+ secrets are left\. Run it again to go on\.\n$/],
  ] as const)('goes on where %s ended it', async (signal, exitCode, lastWords) => {
    await fill(url, [oldKey], many);
    const first = startRotating(url, newKey, oldKey);
    await first.printed(/10 %/);
    first.kill(signal);
    const { code, output } = await first.ended;
    const inTheMiddle = await left(url);

    const second = await rotate(url, newKey, oldKey);

    expect(inTheMiddle).toBeGreaterThan(0);
    expect(inTheMiddle).toBeLessThan(1.03 * many);
    expect(code).toBe(exitCode);
    expect(output).toMatch(lastWords);
    expect(second.output).toContain(`${inTheMiddle} secrets are now under the first key.`);
    expect(second.code).toBe(0);
    expect(await readBack(url, [newKey], many)).toEqual(whole(many));
  });

  it('names what it cannot read, by table and id alone, and rotates the rest', async () => {
    const lostKey = Buffer.alloc(32, 3);
    await fill(url, [lostKey], 1);
    const store = await openStore({ databaseUrl: url, encryptionKeys: [oldKey, lostKey] });
    await store.write(store.onboardingSessions.adding(session('readable'), 'token'));
    await store.close();

    const { code, output } = await rotate(url, newKey, oldKey);

    expect(output).toContain('1 secret is now under the first key.');
    expect(output).toContain('4 secrets are unreadable');
    expect(output).toContain('  onboarding_session "session-0"\n');
    expect(output).toContain('  effect "onboardCustomer" "" "key 0"\n');
    expect(output).toContain('which ENCRYPTION_KEYS does not contain. Add that key to the end of the list.');
    expect(output).toContain('Keep all keys in ENCRYPTION_KEYS.');
    expect(output).not.toMatch(/v1\.|token|at .*\.ts/);
    expect(code).toBe(1);
    // The key that is still needed is still asked for; the one that is not, is not.
    await expect(openStore({ databaseUrl: url, encryptionKeys: [newKey] })).rejects.toThrow(
      MissingEncryptionKey,
    );
    expect(await readBack(url, [newKey, lostKey], 1)).toEqual(whole(1));
  });

  it('leaves alone what another process has replaced meanwhile', async () => {
    await fill(url, [oldKey], 2);
    const other = await openStore({ databaseUrl: url, encryptionKeys: [newKey, oldKey] });
    const database = openDatabase(url);
    let isFirst = true;
    const work = reEncryption(
      {
        ...database,
        async write(queries) {
          const { onboardingSessions } = other;
          if (isFirst) await other.write(onboardingSessions.adding(session('session-1'), 'newer token'));
          isFirst = false;
          return database.write(queries);
        },
      },
      [newKey, oldKey],
    );

    const batches = await Array.fromAsync(work.batches());

    expect(batches[0]).toEqual({ size: 2, reEncrypted: 1, unreadable: [] });
    expect(await other.onboardingSessions.tokens(['session-0', 'session-1'])).toEqual([
      'token-0',
      'newer token',
    ]);
    expect(await work.remaining()).toBe(0);
    await database.close();
    await other.close();
  });

  it('says so when a service still writes under an old key', async () => {
    await fill(url, [newKey], 0);
    await fill(url, [oldKey, newKey], many);
    const stale = await openStore({ databaseUrl: url, encryptionKeys: [oldKey, newKey] });
    const rotating = startRotating(url, newKey, oldKey);
    await rotating.printed(/10 %/);
    await stale.write(stale.onboardingSessions.adding(session('a session before all others'), 'token'));

    const { code, output } = await rotating.ended;

    expect(output).toContain('1 secret is stored under another key while this ran. Run it again.');
    expect(output).toContain(
      'A service is running with another key first, and will go on to write under that',
    );
    expect(output).toContain('Keep all keys in ENCRYPTION_KEYS.');
    expect(code).toBe(1);
    await stale.close();
  });

  it('still asks for a key that a service writes under', async () => {
    const service = await openStore({ databaseUrl: url, encryptionKeys: [oldKey, newKey] });
    await rotate(url, newKey, oldKey);
    await service.write(service.onboardingSessions.adding(session('late'), 'token'));
    await service.close();

    await expect(openStore({ databaseUrl: url, encryptionKeys: [newKey] })).rejects.toThrow(
      MissingEncryptionKey,
    );
  });

  it('asks for the key of a service that was taken for dead, and writes on', async () => {
    const service = await openStore({ databaseUrl: url, encryptionKeys: [oldKey, newKey] });
    const database = openDatabase(url);
    await database.write([database.db.updateTable('process').set({ alive_until: 0 }).compile()]);
    expect((await rotate(url, newKey, oldKey)).code).toBe(0);
    await database.close();

    expect(await service.isReady()).toBe(true);

    await expect(openStore({ databaseUrl: url, encryptionKeys: [newKey] })).rejects.toThrow(
      MissingEncryptionKey,
    );
    await service.close();
  });

  it('does nothing while a service runs without the first key, even if another once had it', async () => {
    await fill(url, [oldKey], 1);
    const service = await openStore({ databaseUrl: url, encryptionKeys: [oldKey] });
    await (await openStore({ databaseUrl: url, encryptionKeys: [newKey, oldKey] })).close();

    const { code, output } = await rotate(url, newKey, oldKey);

    expect(output).toMatch(
      /^A service is running without the first of these ENCRYPTION_KEYS, .*15 seconds\.\n$/,
    );
    expect(code).toBe(1);
    expect(await service.onboardingSessions.tokens(['session-0'])).toEqual(['token-0']);
    await service.close();
  });
});

async function query(url: string, text: string) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: text }) });
  // oxlint-disable-next-line typescript/no-explicit-any
  return ((await response.json()) as { data: any }).data;
}

describe('keys:rotate', () => {
  it('works under a running service, which then starts without the old key', async () => {
    const start = (...keys: Buffer[]) =>
      run('src/main.ts', {
        cwd: folder,
        env: { PORT: '0', DATABASE_URL: sqliteUrl(), ENCRYPTION_KEYS: inBase64(...keys) },
      });
    const urlOf = async (service: ReturnType<typeof start>) =>
      (await service.printed(/The graph is at (http:\S+\/graphql)/))[1] ?? '';
    const before = start(oldKey);
    const started = await query(
      await urlOf(before),
      'mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }',
    );
    const { id } = started.startOnboardingSession.onboardingSession;
    before.kill('SIGTERM');
    await before.ended;

    const during = start(newKey, oldKey);
    const url = await urlOf(during);
    const { code } = await rotate(sqliteUrl(), newKey, oldKey);
    const completed = await query(
      url,
      `mutation { completeOnboardingSession(input: { id: "${id}" }) { onboardingSession { id status } } }`,
    );
    during.kill('SIGTERM');
    await during.ended;
    const after = start(newKey);
    const read = await query(await urlOf(after), `{ onboardingSession(id: "${id}") { id status } }`);
    after.kill('SIGTERM');
    await after.ended;

    expect(code).toBe(0);
    const finished = { id, status: 'ONBOARDING_FINISHED' };
    expect(completed.completeOnboardingSession.onboardingSession).toEqual(finished);
    expect(read.onboardingSession).toEqual(finished);
  });

  it('has nothing to do where everything is under the first key', async () => {
    await fill(sqliteUrl(), [newKey], 1);

    const { code, output } = await rotate(sqliteUrl(), newKey);

    expect(output).toContain('0 secrets are now under the first key.');
    expect(code).toBe(0);
  });

  it('says what to do where there is only the key of development', async () => {
    const { code, output } = await rotate(sqliteUrl());

    expect(output).toContain(`one key, in the file ${join(folder, 'encryption-key')}, and`);
    expect(output).toContain('set ENCRYPTION_KEYS to the key in that file, a comma, and a new one, restart');
    expect(code).toBe(1);
  });

  it.each([
    [
      'sqlite:none.db',
      /^There is no database none\.db yet\. Start the service once, or set DATABASE_URL\.\n$/,
    ],
    ['sqlite::memory:', /^DATABASE_URL names a database in memory, .*\n$/],
    ['postgres://me:hunter2@127.0.0.1:1/none', /^The PostgreSQL database .* Nothing listens there: .*\n$/],
    ['postgres://me:hunter2%pw@127.0.0.1:1/none', /^The PostgreSQL database .* Nothing listens there: .*\n$/],
    ['postgres://me:hunter2%ff@127.0.0.1:1/none', /^DATABASE_URL must be .* write % as %25, .*\n$/],
    ['postgres://me:hunter2@/none?host=/none', /^The PostgreSQL database .* no socket in that folder: .*\n$/],
    [
      'postgres://me:hunter2@no.such.host.invalid/none',
      /^The PostgreSQL database .* The host cannot be .*\n$/,
    ],
  ])('says in a sentence what is wrong with %s', async (databaseUrl, sentence) => {
    const { code, output } = await rotate(databaseUrl, newKey);

    expect(output).toMatch(sentence);
    expect(output).not.toContain('hunter2');
    expect(code).toBe(1);
  });

  it.each([
    ['a wrong password', /:password@/, ':hunter2@', /It refuses the password: check user and password\.\n$/],
    ['a name that is none', /\w+$/, 'none', /There is no database of that name: .*\n$/],
    ['TLS that it does not speak', /$/, '?sslmode=require', /TLS with it failed: check sslmode .*\n$/],
  ])('says in a sentence that PostgreSQL was given %s', async (_what, part, replacement, sentence) => {
    const { code, output } = await rotate(postgres.url.replace(part, replacement), newKey);

    expect(output).toMatch(sentence);
    expect(output).not.toContain('hunter2');
    expect(code).toBe(1);
  });

  it('says that a database is of an earlier version', async () => {
    await fill(sqliteUrl(), [oldKey], 1);
    const database = new DatabaseSync(join(folder, 'onboarding.db'));
    database.exec('ALTER TABLE process DROP COLUMN key_ids');
    database.close();

    expect(await rotate(sqliteUrl(), newKey, oldKey)).toEqual({
      code: 1,
      output: 'The database is of an earlier version. Start the service of this version with it once.\n',
    });
  });

  it.each([
    [['--help'], 0, /^Usage: npm run keys:rotate\n/],
    [['--all'], 1, /^There is no such option\.\nUsage: /],
    [['all'], 1, /^It takes no arguments\.\nUsage: /],
  ])('answers %j in words, and does nothing', async (args, exitCode, words) => {
    const { code, output } = await startTool('keys-rotate', { cwd: folder, args }).ended;

    expect(output).toMatch(words);
    expect(code).toBe(exitCode);
  });

  it('says that a database has no tables yet', async () => {
    const empty = await postgres.newDatabase();
    new DatabaseSync(join(folder, 'onboarding.db')).close();

    for (const url of [empty, sqliteUrl()]) {
      expect(await rotate(url, newKey)).toEqual({
        code: 1,
        output: expect.stringMatching(
          /^There are no tables in .* yet\. Start the service once\.\n$/,
        ) as string,
      });
    }
  });
});
