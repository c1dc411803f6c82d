import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { backUpSqlite } from '../../../src/store/engines/sqlite-backup.ts';
import { openStore, type Store } from '../../../src/store/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-backup-'));
const source = join(folder, 'source.db');
const encryptionKeys = [Buffer.alloc(32, 1)];
const session = {
  id: 'session',
  configurationId: 'c',
  externalCustomerId: null,
  createdAt: new Date(0),
  completion: null,
};
let store: Store;
beforeAll(async () => {
  store = await openStore({ databaseUrl: `sqlite:${source}`, encryptionKeys });
  await store.write(store.onboardingSessions.adding(session, 'the-token'));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const partsIn = () => readdirSync(folder).filter((name) => name.includes('.part'));
const unaborted = new AbortController().signal;

describe('backUpSqlite', () => {
  it('copies what is stored while it is in use, for its owner alone, and tells how far it is', async () => {
    const target = join(folder, 'copy.db');
    const seen: [number, number][] = [];

    await backUpSqlite(source, target, { onProgress: (...at) => seen.push(at), signal: unaborted });

    const copy = await openStore({ databaseUrl: `sqlite:${target}`, encryptionKeys });
    expect(await copy.onboardingSessions.tokens(['session'])).toEqual(['the-token']);
    await copy.close();
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
    expect(partsIn()).toEqual([]);
  });

  it('leaves nothing behind when it is given up', async () => {
    const target = join(folder, 'never.db');

    await expect(
      backUpSqlite(source, target, { onProgress: () => undefined, signal: AbortSignal.abort() }),
    ).rejects.toThrow('aborted');

    expect(readdirSync(folder)).not.toContain('never.db');
    expect(partsIn()).toEqual([]);
  });

  it('does not replace a file that somebody else made', async () => {
    const target = join(folder, 'taken.db');
    writeFileSync(target, 'theirs');

    await expect(
      backUpSqlite(source, target, { onProgress: () => undefined, signal: unaborted }),
    ).rejects.toThrow('made by somebody else');
    expect(partsIn()).toEqual([]);
  });
});
