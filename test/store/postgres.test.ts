import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startPostgres, type Postgres } from '../support/postgres.ts';
import { startService } from '../support/service.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const START =
  'mutation { startOnboardingSession(input: {}) { sessionToken onboardingSession { id status } } }';

describe('a PostgreSQL database that goes away and comes back', () => {
  it('refuses mutations before they are sent, leaves what needs only a provider, and recovers by itself', async () => {
    await using service = await startService({
      databaseUrl: postgres.url,
      encryptionKeys: [Buffer.alloc(32, 1)],
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
      errors: [{ message: 'Our store is out of reach, so nothing was sent. Try again later.' }],
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

  it('keeps what a provider gave while it was away', async () => {
    await using service = await startService({
      databaseUrl: await postgres.newDatabase(),
      encryptionKeys: [Buffer.alloc(32, 1)],
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
