import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openStore, type Store } from '../../src/store/store.ts';

const HOUR_MS = 60 * 60 * 1_000;

let folder: string;
let file: string;
let stores: Store[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-lease-'));
  file = join(folder, 'onboarding.db');
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<Store> {
  const store = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys: [Buffer.alloc(32, 1)] });
  stores.push(store);
  return store;
}

function sql(statement: string): Record<string, unknown>[] {
  using database = new DatabaseSync(file, { timeout: 5_000 });
  return database.prepare(statement).all();
}

const uptimeMs = () => Number(process.hrtime.bigint() / 1_000_000n);
const abandoned = async (store: Store) => (await store.effectStore.abandoned(10)).map(({ key }) => key);

/** Something that is under way in a process which says that it is alive until then. */
function leave(owner: string, aliveUntil: number): void {
  sql(`INSERT INTO process (id, alive_until) VALUES ('${owner}', ${aliveUntil})`);
  sql(
    `INSERT INTO effect (operation, caller, key, fingerprint, state, attempt, owner, created_at)
     VALUES ('operation', '', 'of ${owner}', '', 'PENDING', 1, '${owner}', 0)`,
  );
}

describe('a lease, where all processes are on one machine', () => {
  it('is told by how long the machine runs, and not by the time of day, which jumps', async () => {
    const before = uptimeMs();
    await open();

    const [{ alive_until: until } = {}] = sql('SELECT alive_until FROM process');

    expect(until).toBeGreaterThanOrEqual(before + 15_000);
    expect(until).toBeLessThanOrEqual(uptimeMs() + 15_000);
  });

  it('that has run out leaves what was under way to others, and one that has not does not', async () => {
    const store = await open();
    leave('dead', uptimeMs() - 1);
    leave('alive', uptimeMs() + 15_000);

    expect(await abandoned(store)).toEqual(['of dead']);
  });

  it('of before the machine was started has run out', async () => {
    await (await open()).close();
    stores.pop();
    leave('before', uptimeMs() + HOUR_MS);

    expect(await abandoned(await open())).toEqual(['of before']);
  });

  it('of an earlier version, told by the time of day, holds for as long as it says', async () => {
    await (await open()).close();
    stores.pop();
    leave('earlier', Date.now() + 10_000);
    leave('earlier and dead', Date.now() - 1);

    expect(await abandoned(await open())).toEqual(['of earlier and dead']);
  });

  it('that has run out is forgotten, and one that has not is not', async () => {
    const store = await open();
    leave('dead', uptimeMs() - 1);
    leave('alive', uptimeMs() + 15_000);

    await store.effectStore.forget(HOUR_MS);

    expect(sql("SELECT id FROM process WHERE id IN ('dead', 'alive')")).toEqual([{ id: 'alive' }]);
    expect(sql('SELECT id FROM process')).toHaveLength(2);
  });
});
