import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { migrate } from '../../../src/store/engines/migrations.ts';
import { openPostgres } from '../../../src/store/engines/postgres.ts';
import { openStore } from '../../../src/store/store.ts';
import { startPostgres, type Postgres } from '../../support/postgres.ts';
import { startService } from '../../support/service.ts';
import { severedWire, type Severing } from '../../support/severed-wire.ts';

const encryptionKeys = [Buffer.alloc(32, 1)];

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it('is reached by its socket, too, as Cloud SQL is', async () => {
  const { port, pathname } = new URL(postgres.url);
  const host = encodeURIComponent(postgres.dataFolder);
  const databaseUrl = `postgres://postgres:password@${pathname}?host=${host}&port=${port}`;

  const store = await openStore({ databaseUrl, encryptionKeys });

  expect(await store.isReady()).toBe(true);
  await store.close();
});

const START =
  'mutation { startOnboardingSession(input: {}) { sessionToken onboardingSession { id status } } }';

describe('a PostgreSQL database that goes away and comes back', () => {
  it('refuses mutations before they are sent, leaves what needs only a provider, and recovers by itself', async () => {
    await using service = await startService({
      databaseUrl: postgres.url,
      encryptionKeys,
    });
    const ready = async () => (await fetch(`${service.origin}/readyz`)).status;
    const first = await service.query(START);
    expect([first.errors, await ready()]).toEqual([undefined, 200]);

    await postgres.kill();
    const refused = await service.query(START);
    const { data } = await service.query(
      '{ entityOnboardingSessions(first: 1) { nodes { status program { name } } } }',
    );

    expect(refused).toMatchObject({
      data: { startOnboardingSession: null },
      errors: [
        { message: expect.stringMatching(/^Our store is out of reach, so this request sent nothing\./) },
      ],
    });
    expect(await service.query('{ onboardingSessions { nodes { id } } }')).toMatchObject({
      errors: [{ message: 'Our store is out of reach. Try again later.' }],
    });
    expect((await service.requests('incode')).filter(({ path }) => path === '/omni/start')).toHaveLength(1);
    expect(data.entityOnboardingSessions.nodes).toHaveLength(1);
    expect(await ready()).toBe(503);

    await postgres.restart();
    await expect.poll(ready, { timeout: 10_000 }).toBe(200);
    const { id } = first.data.startOnboardingSession.onboardingSession;
    expect((await service.query(`{ onboardingSession(id: "${id}") { id } }`)).data.onboardingSession).toEqual(
      { id },
    );
    expect((await service.query(START)).errors).toBeUndefined();
  });

  it('lets nobody say that nothing was sent of what another process has sent', async () => {
    const shared = { databaseUrl: await postgres.newDatabase(), encryptionKeys };
    await using one = await startService(shared);
    await using other = await startService(shared);
    const keyed = START.replace('{}', '{ idempotencyKey: "key" }');
    await one.fault('incode', { match: '/omni/start', delayMs: 1_000 });
    const first = one.query(keyed);
    await expect.poll(async () => (await one.requests('incode')).length).toBe(1);

    await postgres.kill();
    const second = await other.query(keyed);
    await postgres.restart();

    expect(second.errors).toMatchObject([
      {
        message:
          'Our store is out of reach, so this request sent nothing. Repeat it later, with the same idempotencyKey if you gave one.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', outcome: 'UNKNOWN' },
      },
    ]);
    expect((await first).errors).toBeUndefined();
  });

  it('keeps what a provider gave while it was away', async () => {
    await using service = await startService({
      databaseUrl: await postgres.newDatabase(),
      encryptionKeys,
    });
    await service.fault('incode', { match: '/omni/start', delayMs: 400 });
    const answer = service.query(START);
    await expect.poll(async () => (await service.requests('incode')).length).toBe(1);

    await postgres.kill();
    await expect.poll(async () => (await service.requests('incode'))[0]).toMatchObject({ status: 200 });
    await postgres.restart();

    const { data, errors } = await answer;
    expect(errors).toBeUndefined();
    const { id } = data.startOnboardingSession.onboardingSession;
    expect(
      (await service.query(`{ onboardingSession(id: "${id}") { status } }`)).data.onboardingSession.status,
    ).toBeTruthy();
  });
});

/** Someone else at the same database. */
async function stranger(url: string) {
  const client = new Client(url);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** The same database, over a wire that breaks. */
async function over(url: string, severing: Severing) {
  const at = new URL(url);
  const wire = await severedWire(Number(at.port), severing);
  at.port = String(wire.port);
  return { url: at.href, [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose]() };
}

describe('a connection to PostgreSQL that is lost', () => {
  // Without anybody who listens to it, the connection's error ends the process, and here the test run.
  it('while it carries out a query fails that query alone', async () => {
    const url = await postgres.newDatabase();
    const database = openPostgres(url);
    await using other = await stranger(url);

    const ended = sql`select pg_sleep(60)`.execute(database.db).catch(({ message }: Error) => message);
    const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'select pg_sleep%'`;
    await expect.poll(async () => (await other.query(terminate)).rowCount).toBe(1);

    expect(await ended).toContain('terminat');
    // not over the connection that has just been told that it ends
    expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('before the answer to a commit is heard does not lose what was committed, nor hold it up', async () => {
    let isCutting = false;
    await using wire = await over(await postgres.newDatabase(), (text) => {
      if (!isCutting || !text.includes('commit')) return null;
      isCutting = false;
      return 'after';
    });
    await using service = await startService({ databaseUrl: wire.url, encryptionKeys });
    isCutting = true;

    const { data, errors } = await service.query(
      `mutation { onboardCustomer(input: { productGroupId: "sandbox-product-group", customer: { id: "c" } }) {
        customerOnboard { id } userErrors { message }
      } }`,
    );

    expect({ errors, isCutting }).toEqual({ errors: undefined, isCutting: false });
    const { id } = data.onboardCustomer.customerOnboard;
    expect((await service.query(`{ customerOnboard(id: "${id}") { id } }`)).data.customerOnboard).toEqual({
      id,
    });
  });

  it('in the middle of a migration leaves nothing behind: the next start makes all of it', async () => {
    const databaseUrl = await postgres.newDatabase();
    await using wire = await over(databaseUrl, (text) =>
      text.includes('create table "customer_onboard"') ? 'before' : null,
    );

    await expect(openStore({ databaseUrl: wire.url, encryptionKeys })).rejects.toThrow(/connection/i);

    const store = await openStore({ databaseUrl, encryptionKeys });
    expect(await store.isReady()).toBe(true);
    await store.close();
  });
});

it('a process waits for another that migrates for longer than a query may take', async () => {
  const url = await postgres.newDatabase();
  const database = openPostgres(url, { queryTimeoutMs: 100 });
  await using other = await stranger(url);
  await other.query('SELECT pg_advisory_lock(7316205114)');

  const migrated = migrate(database);
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
  await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(1);
  await expect(sql`select pg_sleep(60)`.execute(database.db)).rejects.toThrow('timeout');
  await other.query('SELECT pg_advisory_unlock(7316205114)');

  await migrated;
  expect(await database.db.selectFrom('effect').selectAll().execute()).toEqual([]);
  await database.close();
});

it('what is begun anew while it is about to be forgotten is kept', async () => {
  const databaseUrl = await postgres.newDatabase();
  const store = await openStore({ databaseUrl, encryptionKeys });
  const sweeper = await openStore({ databaseUrl, encryptionKeys });
  const { effectStore } = store;
  const details = { fingerprint: 'x', request: undefined };
  const { effect } = await effectStore.begin({ operation: 'o', caller: '', key: 'k' }, details);
  await effectStore.settle(effect, { state: 'REFUSED' });
  await using other = await stranger(databaseUrl);
  await other.query('UPDATE effect SET created_at = 0');
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  // Both wait for the row, and get it in the order in which they came.
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM effect FOR UPDATE');
  const taken = effectStore.take({ ...effect, state: 'REFUSED' }, details);
  await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(1);
  const forgotten = sweeper.effectStore.forget(1);
  await expect.poll(async () => (await other.query(waiting)).rowCount).toBe(2);

  await other.query('COMMIT');
  await forgotten;

  expect(await taken).toMatchObject({ state: 'PENDING', attempt: 2 });
  expect(await effectStore.find(effect)).toMatchObject({ state: 'PENDING', attempt: 2 });
  await store.close();
  await sweeper.close();
});
