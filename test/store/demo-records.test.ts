import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoRecords } from '../../src/service/demo.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { engineNames, startEngine, type Engine } from '../support/engines.ts';

const HOUR_MS = 3_600_000;
const firstStart = Date.parse('2026-11-21T13:00:00Z');
const records = (start: number) => demoRecords({ incode: true, increase: true, relay: true }, start);

describe.each(engineNames)('the records of what the sandbox starts with, in %s', (name) => {
  let engine: Engine;
  let store: Store;
  beforeAll(async () => {
    engine = await startEngine(name);
    store = await openStore({
      databaseUrl: await engine.newDatabase(),
      encryptionKeys: [Buffer.alloc(32, 1)],
    });
  });
  afterAll(async () => {
    await store.close();
    await engine.stop();
  });

  it('stay below what was made since, with the dates of the first start, and are as new otherwise', async () => {
    const [seed] = records(firstStart).sessions;
    const [onboard] = records(firstStart).onboards;
    if (!seed || !onboard) throw new Error('There is nothing to start with');
    const since = { completion: null, createdAt: new Date(firstStart + HOUR_MS) };
    await store.renewDemo(records(firstStart));
    await store.write(
      store.onboardingSessions.adding({ ...seed.session, ...since, id: 'made-since' }, 'token'),
      store.customerOnboards.adding({ ...onboard, createdAt: since.createdAt, id: 'made-since' }),
    );

    await store.renewDemo(records(firstStart + 2 * HOUR_MS));
    const sessions = await store.onboardingSessions.list({ cursor: null, limit: 2 }, {});
    const onboards = await store.customerOnboards.list({ cursor: null, limit: 2 }, {});

    expect(sessions.items).toEqual([{ ...seed.session, ...since, id: 'made-since' }, seed.session]);
    expect(onboards.items).toEqual([{ ...onboard, createdAt: since.createdAt, id: 'made-since' }, onboard]);
  });

  it('links each customer to its session at Increase while that is a sandbox, and no longer', async () => {
    const isLinked = async () => (await store.links.list({ cursor: null, limit: 5 }, 'customer-1001')).items;
    await store.renewDemo(records(firstStart));
    await store.renewDemo(records(firstStart + HOUR_MS));
    expect(await isLinked()).toEqual(['entity_onboarding_session_sandbox000000000001']);

    await store.renewDemo(demoRecords({ incode: true, increase: false, relay: true }));
    expect(await isLinked()).toEqual([]);
  });
});
