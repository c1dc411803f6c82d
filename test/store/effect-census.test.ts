import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openStore } from '../../src/store/store.ts';
import { engineNames, startEngine, type Engine } from '../support/engines.ts';

describe.each(engineNames)('on %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(() => engine.stop());

  it('counts what is recorded by its state, and tells the age of the oldest in doubt', async () => {
    const databaseUrl = await engine.newDatabase();
    const store = await openStore({ databaseUrl, encryptionKeys: [Buffer.alloc(32, 1)] });
    const details = { fingerprint: 'f', request: null };
    const begin = async (key: string) =>
      (await store.effectStore.begin({ operation: 'o', caller: '', key }, details)).effect;

    const none = await store.effectCensus();
    await begin('pending');
    await store.effectStore.settle(await begin('done'), { state: 'SUCCEEDED', result: 1 });
    await store.effectStore.settle(await begin('doubt'), { state: 'UNKNOWN' });
    await engine.sql(databaseUrl, "update effect set created_at = created_at - 60000 where key = 'doubt'");
    const { byState, oldestInDoubtSeconds } = await store.effectCensus();
    await store.close();

    expect(none).toEqual({ byState: {}, oldestInDoubtSeconds: null });
    expect(byState).toEqual({ PENDING: 1, SUCCEEDED: 1, UNKNOWN: 1 });
    expect(oldestInDoubtSeconds).toBeGreaterThanOrEqual(60);
    expect(oldestInDoubtSeconds).toBeLessThan(120);
  });
});
