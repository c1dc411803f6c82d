import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '../../src/store/store.ts';
import { startPostgres } from '../support/postgres.ts';

/** A database of its own on one of the two engines. */
export interface Engine extends AsyncDisposable {
  readonly databaseUrl: string;
  /** An empty folder for the processes to run in. */
  readonly folder: string;
  /** Effects that nobody has taken over yet. */
  pending(): Promise<number>;
  /** Has every process that said it was alive be held for dead from now on, as if its lease had run out. */
  endLeases(): Promise<void>;
  /** All that the database keeps on its disk, WAL included, as it is after a kill. Nothing can be asked of it afterwards. */
  filesAfterKill(): Promise<Buffer[]>;
}

export const engines = { SQLite: sqliteEngine, PostgreSQL: postgresEngine };

async function sqliteEngine(): Promise<Engine> {
  const folder = newFolder();
  const file = join(folder, 'onboarding.db');
  return {
    ...asked(`sqlite:${file}`),
    folder,
    filesAfterKill: () => Promise.resolve([file, `${file}-wal`].map((name) => readFileSync(name))),
    [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true })),
  };
}

async function postgresEngine(): Promise<Engine> {
  const folder = newFolder();
  const postgres = await startPostgres();
  return {
    ...asked(postgres.url),
    folder,
    async filesAfterKill() {
      await postgres.kill();
      return readdirSync(postgres.dataFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    },
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The connection is closed each time: SQLite's last one to close would tidy the WAL away. */
function asked(databaseUrl: string): Pick<Engine, 'databaseUrl' | 'pending' | 'endLeases'> {
  return {
    databaseUrl,
    async pending() {
      const database = openDatabase(databaseUrl);
      const rows = await database.db
        .selectFrom('effect')
        .select('key')
        .where('state', '=', 'PENDING')
        .execute();
      await database.close();
      return rows.length;
    },
    async endLeases() {
      const database = openDatabase(databaseUrl);
      await database.db.updateTable('process').set({ alive_until: 0 }).execute();
      await database.close();
    },
  };
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'onboarding-crash-'));
}
