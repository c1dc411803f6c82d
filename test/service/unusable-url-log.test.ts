import { afterAll, beforeAll, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

it('tells the log of a session whose URL nobody can be sent to, once, and not the URL', async () => {
  const id = 'entity_onboarding_session_sandbox000000000001';
  const body = {
    id,
    created_at: '2026-11-21T13:00:00Z',
    expires_at: '2026-11-21T19:00:00Z',
    program_id: 'program_sandbox000000000001',
    entity_id: null,
    redirect_url: 'javascript:alert(1)',
    session_url: null,
    status: 'expired',
    idempotency_key: null,
  };
  await service.fault('increase', {
    match: `GET /entity_onboarding_sessions/${id}`,
    status: 200,
    body,
    times: 2,
  });
  const ask = () =>
    service.query('query ($id: ID!) { entityOnboardingSession(id: $id) { redirectUrl } }', { id });

  const answers = [await ask(), await ask()];

  const answer = { data: { entityOnboardingSession: { redirectUrl: 'about:blank' } } };
  expect(answers).toEqual([answer, answer]);
  const told = service
    .log()
    .split('\n')
    .filter((line) => line.includes('a URL that nobody can be sent to'));
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0] ?? '')).toMatchObject({ level: 40, sessionId: id });
  expect(service.log()).not.toContain('javascript');
});
