import { expect, it } from 'vitest';

import { startService } from '../support/service.ts';

const PROVIDERS = '{ onboardingProviders { provider state since retryAfterSeconds } }';
const START = 'mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }';
const LIST = '{ entityOnboardingSessions(first: 1) { nodes { id } } }';
const WELL = { state: 'AVAILABLE', since: null, retryAfterSeconds: null };

it('tells how each provider is: one throttled, one of which a part fails, one well', async () => {
  await using service = await startService();
  expect((await service.query(PROVIDERS)).data.onboardingProviders).toEqual([
    { provider: 'INCODE', ...WELL },
    { provider: 'INCREASE', ...WELL },
    { provider: 'RELAY', ...WELL },
  ]);
  await service.fault('incode', { match: '/omni/start', status: 500, times: 1_000 });
  await service.fault('increase', { status: 429, headers: { 'retry-after': '60' } });

  for (let turn = 0; turn < 10; turn++) await service.query(START);
  await service.query(LIST);

  expect((await service.query(PROVIDERS)).data.onboardingProviders).toEqual([
    { provider: 'INCODE', state: 'DEGRADED', since: expect.any(String), retryAfterSeconds: null },
    { provider: 'INCREASE', state: 'THROTTLED', since: expect.any(String), retryAfterSeconds: 60 },
    { provider: 'RELAY', ...WELL },
  ]);
  const ready = await fetch(`${service.origin}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', providers: { INCODE: 'DEGRADED', INCREASE: 'THROTTLED', RELAY: 'AVAILABLE' } },
  ]);
});
