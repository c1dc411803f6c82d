import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { Client } from 'pg';

import { startPostgres, type Postgres } from './postgres.ts';

/** A kind of database, of which every test gets a new and empty one. */
export interface Engine {
  /** Its URL. */
  newDatabase(): Promise<string>;
  /** Carries out a statement past the program, as an operator or a test would. */
  sql(url: string, statement: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export type EngineName = 'SQLite' | 'PostgreSQL';

export const engineNames: readonly EngineName[] = ['SQLite', 'PostgreSQL'];

export function startEngine(name: EngineName): Promise<Engine> {
  return name === 'SQLite' ? Promise.resolve(sqlite()) : startPostgres().then(postgres);
}

function sqlite(): Engine {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-engine-'));
  let count = 0;
  return {
    newDatabase: () => Promise.resolve(`sqlite:${join(folder, `${(count += 1)}.db`)}`),
    sql(url, statement) {
      const database = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 5_000 });
      try {
        return Promise.resolve(database.prepare(statement).all());
      } finally {
        database.close();
      }
    },
    stop: () => Promise.resolve(rmSync(folder, { recursive: true })),
  };
}

function postgres(server: Postgres): Engine {
  return {
    newDatabase: () => server.newDatabase(),
    async sql(url, statement) {
      const client = new Client(url);
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(statement)).rows;
      } finally {
        await client.end();
      }
    },
    stop: () => server.stop(),
  };
}
