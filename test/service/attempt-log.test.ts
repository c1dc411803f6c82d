import { expect, it } from 'vitest';

import { startService } from '../support/service.ts';

it('tells of every attempt at a provider whether it was answered, under the id of its request', async () => {
  await using service = await startService();
  await service.fault('increase', { drop: 'before' });
  await service.fault('increase', { status: 503 });

  await service.query(
    '{ entityOnboardingSessions(first: 1) { nodes { id } } }',
    {},
    { 'x-request-id': 'request-of-mine-1' },
  );

  const attempts = service
    .log()
    .split('\n')
    .filter((line) => line.includes('"Provider '))
    .map((line) => JSON.parse(line) as object);
  const attempt = {
    level: 20,
    requestId: 'request-of-mine-1',
    provider: 'INCREASE',
    route: 'GET /entity_onboarding_sessions',
    durationMs: expect.any(Number),
  };
  expect(attempts).toMatchObject([
    { ...attempt, result: 'CONNECTION', msg: 'Provider did not answer' },
    { ...attempt, result: 503, msg: 'Provider answered' },
    { ...attempt, result: 200, msg: 'Provider answered' },
  ]);
});
