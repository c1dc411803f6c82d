import { afterEach, describe, expect, it, vi } from 'vitest';
import { sandboxIncode } from '../../../src/sandbox/seeds.ts';
import { incode, type Started, startSession } from '../support/incode.ts';
import { send } from '../support/send.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();
const [finished, inProgress, rejected, expired] = sandboxIncode.sessions;
const day = 24 * 60 * 60 * 1000;
const statusOf = async (token: string, id: string) => {
  const { body } = await incode<{ onboardingStatus: string }>(
    sandbox(),
    `GET /omni/get/onboarding/status?id=${id}`,
    {
      token,
    },
  );
  return body.onboardingStatus;
};

afterEach(() => {
  vi.useRealTimers();
});

describe('start', () => {
  it('gives a token and an interviewId of 24 hexadecimal characters', async () => {
    const one = await startSession(sandbox());
    const other = await startSession(sandbox());

    expect(one.interviewId).toMatch(/^[0-9a-f]{24}$/);
    expect(one.token.length).toBeGreaterThan(40);
    expect(one.existingSession).toBe(false);
    expect(other.interviewId).not.toBe(one.interviewId);
    expect(other.token).not.toBe(one.token);
  });

  it('opens a second session for the same customer: it is not idempotent', async () => {
    const one = await startSession(sandbox(), { externalCustomerId: 'customer-1' });
    const other = await startSession(sandbox(), { externalCustomerId: 'customer-1' });

    expect(other.interviewId).not.toBe(one.interviewId);
  });

  it('opens an earlier session again, with a new token', async () => {
    const one = await startSession(sandbox());
    const again = await startSession(sandbox(), { interviewId: one.interviewId });

    expect(again).toMatchObject({ interviewId: one.interviewId, existingSession: true });
    expect(again.token).not.toBe(one.token);
    const status = await incode(sandbox(), `GET /omni/get/onboarding/status?id=${one.interviewId}`, {
      token: again.token,
    });
    expect(status.status).toBe(200);
  });

  it.for([
    ['no configurationId', {}, 400],
    ['a configuration that nobody knows', { configurationId: '64f000000000000000000009' }, 404],
    [
      'a country that is none',
      { configurationId: sandboxIncode.configurationId, countryCode: 'everywhere' },
      400,
    ],
    ['a language that is none', { configurationId: sandboxIncode.configurationId, language: 'english' }, 400],
    [
      'a redirectionUrl that is none',
      { configurationId: sandboxIncode.configurationId, redirectionUrl: 'home' },
      400,
    ],
    [
      'fields that are no object',
      { configurationId: sandboxIncode.configurationId, customFields: 'a=b' },
      400,
    ],
    [
      'an interviewId that nobody knows',
      { configurationId: sandboxIncode.configurationId, interviewId: 'x' },
      404,
    ],
    ['JSON that breaks off', '{"configurationId', 400],
    ['an array', [], 400],
  ] as const)('refuses %s', async ([, body, status]) => {
    const answer = await incode(sandbox(), 'POST /omni/start', { body });

    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ message: expect.any(String), path: '/omni/start' });
  });

  it('refuses a body that is not said to be JSON', async () => {
    const body = JSON.stringify({ configurationId: sandboxIncode.configurationId });
    const answer = await incode(sandbox(), 'POST /omni/start', {
      body,
      headers: { 'content-type': 'text/plain' },
    });

    expect(answer.status).toBe(400);
  });
});

describe('credentials and headers', () => {
  const path = `/omni/get/onboarding/status?id=${finished.interviewId}`;

  it.for([
    ['no key', { 'x-api-key': '' }, 403],
    ['a wrong key', { 'x-api-key': 'wrong' }, 403],
    ['another version', { 'api-version': '2.0' }, 400],
    ['no session token', {}, 401],
    ['an unknown session token', { 'x-incode-hardware-id': 'unknown' }, 401],
    ['the token of another session', { 'x-incode-hardware-id': inProgress.token }, 401],
  ] as const)('refuses %s', async ([, headers, status]) => {
    const answer = await incode(sandbox(), `GET ${path}`, { headers });

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      timestamp: expect.any(Number),
      status,
      error: expect.any(String),
      message: expect.any(String),
      path: '/omni/get/onboarding/status',
    });
  });

  it('refuses a request without api-version', async () => {
    const headers = { 'x-api-key': sandboxIncode.apiKey };
    const answer = await send(sandbox().incode.url, 'GET /omni/finish-status', { headers });

    expect(answer.status).toBe(400);
  });

  it('takes a token for 90 days and no longer', async () => {
    const { token, interviewId } = await startSession(sandbox());
    const status = async () => incode(sandbox(), `GET /omni/get/score?id=${interviewId}`, { token });

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 89 * day });
    expect((await status()).status).toBe(200);
    vi.setSystemTime(Date.now() + 2 * day);
    expect((await status()).status).toBe(401);
  });

  it('knows no other route', async () => {
    const answer = await incode(sandbox(), 'GET /omni/unheard-of');

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error: 'Not Found', path: '/omni/unheard-of' });
  });
});

describe('reading a session', () => {
  it('moves on with each status, and stays where only finishing leads on', async () => {
    const { token, interviewId } = await startSession(sandbox());

    const statuses: string[] = [];
    for (let read = 0; read < 4; read += 1) statuses.push(await statusOf(token, interviewId));

    expect(statuses).toEqual([
      'UNKNOWN',
      'ID_VALIDATION_FINISHED',
      'FACE_VALIDATION_FINISHED',
      'FACE_VALIDATION_FINISHED',
    ]);
  });

  it('starts with four sessions, each in its own status', async () => {
    const statuses = await Promise.all(
      sandboxIncode.sessions.map(async ({ token, interviewId }) => statusOf(token, interviewId)),
    );

    expect(statuses).toEqual([
      'ONBOARDING_FINISHED',
      'ID_VALIDATION_FINISHED',
      'MANUAL_REVIEW_REJECTED',
      'EXPIRED',
    ]);
  });

  it('has no score before the session is finished', async () => {
    const { token, interviewId } = inProgress;
    const answer = await incode(sandbox(), `GET /omni/get/score?id=${interviewId}`, { token });

    expect(answer.body).toEqual({ overall: { value: '0.0', status: 'UNKNOWN' } });
  });

  it.for([
    ['without an id', '', 400],
    ['with two ids', `?id=${finished.interviewId}&id=${finished.interviewId}`, 400],
    ['with an id that nobody knows', '?id=64f1000000000000000000ff', 404],
  ] as const)('refuses a score %s', async ([, query, status]) => {
    const answer = await incode(sandbox(), `GET /omni/get/score${query}`, { token: finished.token });

    expect(answer.status).toBe(status);
  });

  it("answers an unknown id with a number of Incode's own in the body", async () => {
    const answer = await incode(sandbox(), 'GET /omni/get/score?id=unknown', { token: finished.token });

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ status: 1003 });
  });
});

describe('finish-status', () => {
  it.for([
    ['customer-1', 'approved', { value: '95.4', status: 'OK' }],
    ['customer-fail-1', 'rejected', { value: '12.0', status: 'FAIL' }],
    ['customer-review-1', 'manual_review', { value: '61.5', status: 'MANUAL' }],
    ['customer-warn-1', 'approved', { value: '72.0', status: 'WARN' }],
  ] as const)('judges %s as %s', async ([externalCustomerId, action, overall]) => {
    const redirectionUrl = 'https://example.com/done?a=1';
    const { token, interviewId } = await startSession(sandbox(), { externalCustomerId, redirectionUrl });

    const finish = await incode(sandbox(), 'GET /omni/finish-status', { token });

    expect(finish).toMatchObject({ status: 200, body: { action, redirectionUrl } });
    const score = await incode(sandbox(), `GET /omni/get/score?id=${interviewId}`, { token });
    expect(score.body).toEqual({ overall });
    const status = await incode(sandbox(), `GET /omni/get/onboarding/status?id=${interviewId}`, { token });
    expect(status.body).toEqual({ onboardingStatus: 'ONBOARDING_FINISHED' });
  });

  it('answers the same when it is called twice, and is carried out once', async () => {
    const { token } = await startSession(sandbox());
    const once = await incode(sandbox(), 'GET /omni/finish-status', { token });
    const twice = await incode(sandbox(), 'GET /omni/finish-status', { token });

    expect(once.body).toEqual({ action: 'approved' });
    expect(twice).toMatchObject({ status: 200, body: once.body });
    const counters = await send(sandbox().incode.url, 'GET /_counters');
    expect(counters.body).toMatchObject({
      requests: { 'GET /omni/finish-status': 2 },
      carriedOut: { start: 1, finish: 1 },
    });
  });

  it('leaves a manual review as it is', async () => {
    const { token, interviewId } = rejected;
    const finish = await incode(sandbox(), 'GET /omni/finish-status', { token });

    expect(finish.body).toEqual({ action: 'rejected' });
    const status = await incode(sandbox(), `GET /omni/get/onboarding/status?id=${interviewId}`, { token });
    expect(status.body).toEqual({ onboardingStatus: 'MANUAL_REVIEW_REJECTED' });
  });

  it("refuses an expired session, with a number of Incode's own in the body", async () => {
    const answer = await incode(sandbox(), 'GET /omni/finish-status', { token: expired.token });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 4005, path: '/omni/finish-status' });
  });

  it('finishes a session that was opened again with either token', async () => {
    const one = await startSession(sandbox());
    const { body } = await incode<Started>(sandbox(), 'POST /omni/start', {
      body: { configurationId: sandboxIncode.configurationId, interviewId: one.interviewId },
    });

    const answers = await Promise.all(
      [one.token, body.token].map(async (token) => incode(sandbox(), 'GET /omni/finish-status', { token })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});
