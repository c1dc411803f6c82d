import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { openStore, type Store } from '../../../src/store/store.ts';
import { run } from '../../support/process.ts';
import { startService } from '../../support/service.ts';

const encryptionKeys = [Buffer.alloc(32, 1)];
const opened = async (file: string, onOutage: (cause: unknown) => void = () => undefined) =>
  openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys, onOutage });

const write = async (store: Store, id: string) =>
  store.write(
    store.onboardingSessions.adding(
      { id, configurationId: 'flow', externalCustomerId: null, createdAt: new Date(), completion: null },
      'token',
    ),
  );

/** A folder with a database that holds the session `old`, and a copy of it. */
async function newScene() {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-files-'));
  const file = join(folder, 'onboarding.db');
  const store = await opened(file);
  await write(store, 'old');
  await store.close();
  const copy = readFileSync(file);
  return {
    folder,
    file,
    log: `${file}-wal`,
    index: `${file}-shm`,
    copy,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

type Scene = Awaited<ReturnType<typeof newScene>>;

/** The sessions in a database's file, without the log beside it. */
function writtenBack(file: string): unknown[] {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  const ids = database.prepare('SELECT id FROM onboarding_session ORDER BY id').all();
  database.close();
  return ids.map(({ id }) => id);
}

/** The same file with another content, as `cp` does it. */
const overwrite = (file: string, content: Buffer) => writeFileSync(file, content);

async function another({ folder }: Scene): Promise<Buffer> {
  const file = join(folder, 'another.db');
  await (await opened(file)).close();
  return readFileSync(file);
}

function replace(file: string): void {
  copyFileSync(file, `${file}.new`);
  renameSync(`${file}.new`, file);
}

const DELETED =
  /^The file .*\.db was deleted or replaced while it was in use\. Nothing more is written\. Put it back in its place, and mutations go on by themselves/;
const OVERWRITTEN = /^The file .*\.db was overwritten or cut off while .*, and restore it as docs/;
const LOG_DELETED =
  /-wal was deleted or replaced .* What it held is in .*onboarding\.db\. Stop every process/;
const LOG_CUT_OFF = /^The file .*-wal was cut off while .* Stop every process .*, delete .*-wal and .*-shm /;
const INDEX_DELETED = /-shm was deleted or replaced .* Restart every process/;

const LOSSES: readonly (readonly [string, RegExp, (scene: Scene) => unknown])[] = [
  ['the database is deleted', DELETED, ({ file }) => rmSync(file)],
  ['the database is replaced', DELETED, ({ file }) => replace(file)],
  ['the database is cut off to nothing', OVERWRITTEN, ({ file }) => truncateSync(file)],
  ['the database is cut off', OVERWRITTEN, ({ file }) => truncateSync(file, 8_192)],
  ['an older copy is written over it', OVERWRITTEN, ({ file, copy }) => overwrite(file, copy)],
  [
    'another database is written over it',
    OVERWRITTEN,
    async (scene) => overwrite(scene.file, await another(scene)),
  ],
  [
    'something else is written over it',
    OVERWRITTEN,
    ({ file }) => overwrite(file, Buffer.alloc(100_000, 'x')),
  ],
  ['its log is deleted', LOG_DELETED, ({ log }) => rmSync(log)],
  ['its log is replaced', LOG_DELETED, ({ log }) => replace(log)],
  ['its log is cut off to nothing', LOG_CUT_OFF, ({ log }) => truncateSync(log)],
  ['its log is cut off', LOG_CUT_OFF, ({ log }) => truncateSync(log, statSync(log).size - 1)],
  ["its log's index is deleted", INDEX_DELETED, ({ index }) => rmSync(index)],
];

describe.concurrent('an embedded database', () => {
  it.each(LOSSES)('takes nothing more once %s, and says so once', async (_what, sentence, lose) => {
    using scene = await newScene();
    const outages: unknown[] = [];
    const store = await opened(scene.file, (cause) => outages.push(cause));
    await write(store, 'before');

    await lose(scene);

    await expect(write(store, 'after')).rejects.toThrow(sentence);
    expect([await store.isReady(), await store.isReady()]).toEqual([false, false]);
    expect(outages).toEqual([
      expect.objectContaining({ message: expect.stringMatching(sentence) as string }),
    ]);
    await store.close();
  });

  it('writes nothing into what was put in its place, not even when it is closed', async () => {
    using scene = await newScene();
    const store = await opened(scene.file);
    await write(store, 'before');

    overwrite(scene.file, scene.copy);
    await expect(write(store, 'after')).rejects.toThrow(OVERWRITTEN);
    await store.close();

    expect(readFileSync(scene.file).equals(scene.copy)).toBe(true);
  });

  it('has in its file what its log held when that was deleted', async () => {
    using scene = await newScene();
    const store = await opened(scene.file);
    await write(store, 'before');

    rmSync(scene.log);
    await expect(write(store, 'after')).rejects.toThrow(LOG_DELETED);

    expect(writtenBack(scene.file)).toEqual(['before', 'old']);
    await store.close();
  });

  it('has in its file what was written a moment ago, without being closed', async () => {
    using scene = await newScene();
    const store = await opened(scene.file);
    await write(store, 'new');

    await expect.poll(() => writtenBack(scene.file), { timeout: 5_000 }).toEqual(['new', 'old']);

    await store.close();
  });

  it('takes writes again once a file that was moved away is back', async () => {
    using scene = await newScene();
    const { file } = scene;
    const store = await opened(file);
    renameSync(file, `${file}.away`);
    await expect(write(store, 'meanwhile')).rejects.toThrow(DELETED);

    renameSync(`${file}.away`, file);
    await write(store, 'after');

    expect(await store.isReady()).toBe(true);
    await store.close();
    expect(writtenBack(file)).toEqual(['after', 'old']);
  });

  it('is watched where it is, when a link leads to it', async () => {
    using scene = await newScene();
    const link = join(scene.folder, 'link.db');
    symlinkSync(scene.file, link);
    const store = await opened(link);
    await write(store, 'before');

    rmSync(scene.log);

    await expect(write(store, 'after')).rejects.toThrow(`The file ${scene.log} was deleted`);
    await store.close();
  });

  it('may be shared with processes that come and go, write it back, and begin its log anew', async () => {
    using scene = await newScene();
    const outages: unknown[] = [];
    const store = await opened(scene.file, (cause) => outages.push(cause));
    const neighbours = ['a', 'b'].map((name) =>
      run('test/store/engines/neighbour.ts', { cwd: scene.folder, args: [scene.file, name] }),
    );
    const running = new Set(neighbours);
    for (const neighbour of neighbours) void neighbour.ended.then(() => running.delete(neighbour));

    let count = 0;
    while (running.size > 0) await write(store, `own-${(count += 1)}`);

    expect(neighbours.map(({ output }) => output())).toEqual(['', '']);
    expect(outages).toEqual([]);
    await store.close();
    expect(writtenBack(scene.file)).toHaveLength(1 + count + 2 * 80);
  });
});

it('is not ready, and sends nothing, within seconds of losing its log, whether or not anybody calls', async () => {
  using scene = await newScene();
  await using service = await startService({ databaseUrl: `sqlite:${scene.file}`, encryptionKeys });
  const start = async () =>
    service.query('mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }');
  expect((await start()).errors).toBeUndefined();

  rmSync(scene.log);
  await expect.poll(() => service.log(), { timeout: 10_000 }).toContain('The store takes no writes');

  expect((await fetch(`${service.origin}/readyz`)).status).toBe(503);
  expect(await start()).toMatchObject({
    errors: [
      {
        message: expect.stringMatching(
          /^Our store is out of reach, so this request sent nothing\./,
        ) as string,
      },
    ],
  });
  expect((await service.requests('incode')).filter(({ path }) => path === '/omni/start')).toHaveLength(1);
});
