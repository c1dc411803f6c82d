import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openStore } from '../../src/store/store.ts';
import { unmade } from '../../src/tools/backup-target.ts';
import { missing } from '../../src/tools/existing-database.ts';
import { run } from '../support/process.ts';
import { fill, inBase64, newKey, oldKey, readBack, session, startTool, whole } from './support.ts';

let folder: string;
let file: string;
let url: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-backup-'));
  file = join(folder, 'onboarding.db');
  url = `sqlite:${file}`;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = (args: string[], env: Record<string, string> = {}) =>
  startTool('backup', {
    cwd: folder,
    args,
    env: { DATABASE_URL: url, ENCRYPTION_KEYS: inBase64(oldKey), ...env },
  });
const backUp = (...args: string[]) => start(args).ended;

describe('backup', () => {
  it('makes one file, for its owner alone, that holds everything and says what else to keep', async () => {
    await fill(url, [oldKey], 200);

    const { code, output } = await backUp('copy.db');

    expect(output).toContain('100 %');
    expect(output).toContain(`onboarding.db is backed up in ${join(folder, 'copy.db')}.`);
    expect(output).toContain('Keep ENCRYPTION_KEYS, too');
    expect(code).toBe(0);
    expect(statSync(join(folder, 'copy.db')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    expect(await readBack(`sqlite:${join(folder, 'copy.db')}`, [oldKey], 200)).toEqual(whole(200));
  });

  it('is whole and of one moment while the service writes to the database', async () => {
    await fill(url, [oldKey], 40_000);
    const writer = await openStore({ databaseUrl: url, encryptionKeys: [oldKey] });
    const end = new AbortController();
    let pairs = 0;
    const writing = (async () => {
      // Of each pair both are written or none, the second far from the first.
      for (; !end.signal.aborted; pairs += 1) {
        const { adding } = writer.onboardingSessions;
        const ids = [`a-${pairs}`, `z-${pairs}`];
        await writer.write(...ids.map((id) => adding(session(id), 'token')));
      }
    })();
    const tool = start(['copy.db']);
    await tool.printed(/\d %/);
    const pairsAtFirst = pairs;

    const { code } = await tool.ended;
    const pairsAtLast = pairs;
    end.abort();
    await writing;
    await writer.close();

    const copy = new DatabaseSync(join(folder, 'copy.db'));
    const count = (like: string) =>
      copy.prepare('SELECT count(*) AS count FROM onboarding_session WHERE id LIKE ?').get(like)?.['count'];
    expect(code).toBe(0);
    expect(pairsAtLast).toBeGreaterThan(pairsAtFirst);
    expect(copy.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(count('session-%')).toBe(40_000);
    expect(count('a-%')).toBe(count('z-%'));
    expect(count('a-%')).toBeLessThanOrEqual(pairsAtFirst + 1); // the beginning's view, whatever came after
    copy.close();
  });

  it('is the way back: put in place of the database, and the service reads it', async () => {
    await fill(url, [oldKey], 1);
    await backUp('copy.db');
    const store = await openStore({ databaseUrl: url, encryptionKeys: [oldKey] });
    await store.write(store.onboardingSessions.adding(session('session-1'), 'token-1'));
    await store.close();

    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    copyFileSync(join(folder, 'copy.db'), file);
    const service = run('src/main.ts', {
      cwd: folder,
      env: { PORT: '0', DATABASE_URL: url, ENCRYPTION_KEYS: inBase64(oldKey) },
    });
    const [, origin = ''] = await service.printed(/The graph is at (http:.+)\/graphql/);
    const { status } = await fetch(`${origin}/readyz`);
    service.kill('SIGTERM');

    expect(status).toBe(200);
    expect(await service.ended).toBe(0);
    expect((await readBack(url, [oldKey], 2)).tokens).toEqual(['token-0', null]);
  });

  it('is of no use without the key, and says so at start', async () => {
    await fill(url, [oldKey], 1);
    await backUp('copy.db');

    const service = run('src/main.ts', {
      cwd: folder,
      env: { PORT: '0', DATABASE_URL: 'sqlite:copy.db', ENCRYPTION_KEYS: inBase64(newKey) },
    });

    expect(await service.ended).toBe(1);
    expect(service.output()).toMatch(/Add that key to the end of ENCRYPTION_KEYS/);
  });

  it('names the key file where there is one', async () => {
    await fill(url, [oldKey], 1);

    const { output } = await start(['copy.db'], { ENCRYPTION_KEYS: '' }).ended;

    expect(output).toContain(`Keep ${join(folder, 'encryption-key')}, too`);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    await fill(url, [oldKey], 40_000);
    const tool = start(['copy.db']);
    await tool.printed(/\d %/);
    tool.kill('SIGINT');

    const { code, output } = await tool.ended;

    expect(output).toContain('Interrupted: no backup was made.');
    expect(code).toBe(130);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('refuses to overwrite, in a sentence', async () => {
    await fill(url, [oldKey], 1);
    writeFileSync(join(folder, 'copy.db'), 'what was there');

    expect(await backUp('copy.db')).toEqual({
      code: 1,
      output: `${join(folder, 'copy.db')} exists, and is not overwritten.\n`,
    });
    expect(readFileSync(join(folder, 'copy.db'), 'utf8')).toBe('what was there');
  });

  it('does not replace a link, even one that leads nowhere', async () => {
    await fill(url, [oldKey], 1);
    symlinkSync(join(folder, 'nowhere'), join(folder, 'copy.db'));

    expect(await backUp('copy.db')).toEqual({
      code: 1,
      output: `${join(folder, 'copy.db')} exists, and is not overwritten.\n`,
    });
    expect(lstatSync(join(folder, 'copy.db')).isSymbolicLink()).toBe(true);
  });

  it.each([
    [['--help'], 0, /^Usage: npm run backup -- FILE\n/],
    [['-h'], 0, /^Usage: npm run backup -- FILE\n/],
    [['--force', 'copy.db'], 1, /^There is no such option\.\nUsage: /],
  ])('answers %j in words, and makes no file', async (args, exitCode, words) => {
    const { code, output } = await backUp(...args);

    expect(output).toMatch(words);
    expect(code).toBe(exitCode);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      'EACCES',
      'x.db could not be made: this user may not write there. Choose another folder, or change its permissions.',
    ],
    ['EROFS', 'x.db could not be made: the folder can only be read. Choose another.'],
    ['ENOSPC', 'x.db could not be made: the disk is full. Make room, or choose another.'],
  ])('has words for a file that cannot be made because of %s', (code, words) => {
    expect(unmade('x.db', Object.assign(new Error('open'), { code })).problems).toEqual([words]);
  });

  it('tells a database that may not be read from one that is not there', () => {
    const [unreadable, absent] = ['EACCES', 'ENOENT'].map((code) =>
      missing('x.db', Object.assign(new Error('stat'), { code })),
    );

    expect(unreadable).toMatch(/^This user may not read x\.db\. Run it as the user/);
    expect(absent).toMatch(/^There is no database x\.db yet\./);
  });

  it.each([
    ['no file is named', [], {}, /^Name one file: npm run backup -- FILE\n$/],
    ['the folder does not exist', ['none/copy.db'], {}, /^There is no folder .*none\. Make it first\.\n$/],
    ['there is no database yet', ['copy.db'], {}, /^There is no database .*onboarding\.db yet\. .*\n$/],
    ['it is in memory', ['copy.db'], { DATABASE_URL: 'sqlite::memory:' }, /^DATABASE_URL names a .*\n$/],
    [
      'it is PostgreSQL',
      ['copy.db'],
      { DATABASE_URL: 'postgres://x/y' },
      /^The database is .* pg_dump .*\n$/,
    ],
  ])('says in a sentence that %s', async (_what, args, env, sentence) => {
    const { code, output } = await start(args, env).ended;

    expect(output).toMatch(sentence);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'copy.db'))).toBe(false);
  });

  it('says in a sentence that the database is damaged, and makes no backup', async () => {
    writeFileSync(file, 'this is not a database');

    const { code, output } = await backUp('copy.db');

    expect(output).toMatch(/^The file .*onboarding\.db is not a database, or is damaged\. .*\n$/);
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual(['onboarding.db']);
  });
});
