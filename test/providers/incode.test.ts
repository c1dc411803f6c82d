import { describe, expect, it } from 'vitest';

import { incodeApi } from '../../src/providers/incode/api.ts';
import { incodeIdentityChecks } from '../../src/providers/incode/identity-checks.ts';
import { failureOf, patient } from '../support/outcome.ts';
import { startProvider, type ScriptedAnswer } from '../support/provider.ts';

const checksAt = (baseUrl: string) =>
  incodeIdentityChecks(incodeApi({ apiKey: 'key', baseUrl, policy: { attemptTimeoutMs: 300 } }));
const access = { id: '6347b6bdf1d1ba2df4e1d3a4', token: 'the-token' };
const newSession = { configurationId: 'flow-1', countryCode: 'ALL' };
const started = { token: 'the-token', interviewId: access.id, interviewCode: 'abc', env: 'demo' };

/** An error as Incode writes it; the status in the body may be a vendor code. */
const problem = (status: number, vendorCode = status): ScriptedAnswer => ({
  status,
  body: { timestamp: 1, status: vendorCode, error: 'Error', message: 'Maria Lopez', path: '/omni' },
});

describe('starting a session', () => {
  it('posts what was given, without a session token', async () => {
    await using incode = await startProvider({ body: started });

    const session = await checksAt(incode.url).start(
      {
        configurationId: 'flow-1',
        countryCode: 'ALL',
        externalCustomerId: 'customer-1',
        language: 'en-US',
        redirectionUrl: 'https://example.com/done?a=b',
        customFields: { plan: 'gold' },
      },
      patient,
    );

    expect(session).toEqual(access);
    expect(incode.requests).toMatchObject([
      {
        method: 'POST',
        url: '/omni/start',
        headers: { 'api-version': '1.0', 'x-api-key': 'key', 'content-type': 'application/json' },
      },
    ]);
    expect(incode.requests[0]?.headers).not.toHaveProperty('x-incode-hardware-id');
    expect(JSON.parse(incode.requests[0]?.body ?? '')).toEqual({
      configurationId: 'flow-1',
      countryCode: 'ALL',
      externalCustomerId: 'customer-1',
      language: 'en-US',
      redirectionUrl: 'https://example.com/done?a=b',
      customFields: { plan: 'gold' },
    });
  });

  it.each([{ status: 500 }, { status: 429 }, { drop: 'before' }, { drop: 'midway', body: started }] as const)(
    'is sent once, after %j',
    async (answer) => {
      await using incode = await startProvider(answer, { body: started });

      await expect(checksAt(incode.url).start(newSession, patient)).rejects.toThrow('Incode');
      expect(incode.requests).toHaveLength(1);
    },
  );

  it('is an outage with an unknown outcome when there is no token in the answer', async () => {
    await using incode = await startProvider({ body: { interviewId: access.id } });

    expect(await failureOf(checksAt(incode.url).start(newSession, patient))).toEqual({
      code: 'PROVIDER_UNAVAILABLE',
      provider: 'INCODE',
      outcome: 'UNKNOWN',
    });
  });
});

describe('completing a session', () => {
  it('asks with the session token, and answers the redirection and the action', async () => {
    const body = { redirectionUrl: 'https://example.com/done', action: 'approved' };
    await using incode = await startProvider({ body });

    expect(await checksAt(incode.url).complete(access, patient)).toEqual(body);
    expect(incode.requests).toMatchObject([
      { method: 'GET', url: '/omni/finish-status', headers: { 'x-incode-hardware-id': 'the-token' } },
    ]);
  });

  it.each([
    {},
    { redirectionUrl: '', action: '' },
    { redirectionUrl: null, action: null },
    { redirectionUrl: 7, action: ['approved'] },
    { redirectionUrl: { url: 'https://example.com' }, action: false },
    { redirectionUrl: 'javascript:alert(1)' },
  ])('is done, and answers null for what Incode leaves empty or unusable: %j', async (body) => {
    await using incode = await startProvider({ body });

    expect(await checksAt(incode.url).complete(access, patient)).toEqual({
      redirectionUrl: null,
      action: null,
    });
  });

  it.each(['myapp://done?session=7', `https://example.com/${'x'.repeat(3_000)}`])(
    'answers any redirection that can be followed: %.40s',
    async (redirectionUrl) => {
      await using incode = await startProvider({ body: { redirectionUrl, action: 1 } });

      expect(await checksAt(incode.url).complete(access, patient)).toEqual({ redirectionUrl, action: null });
    },
  );

  it.each([
    { timestamp: 1, status: 500, error: 'Internal Server Error', message: '', path: '/omni/finish-status' },
    { status: 4005 },
    { error: 'unavailable', action: 'approved' },
  ])('is in doubt where a 200 tells of an error: %j', async (body) => {
    await using incode = await startProvider({ body });

    expect(await failureOf(checksAt(incode.url).complete(access, patient))).toEqual(unknown);
  });

  it('is not repeated, although it is a GET', async () => {
    await using incode = await startProvider({ status: 503 });

    await expect(checksAt(incode.url).complete(access, patient)).rejects.toThrow('Incode');
    expect(incode.requests).toHaveLength(1);
  });
});

describe('the status', () => {
  it.each([
    ['UNKNOWN', 'UNKNOWN'],
    ['ID_VALIDATION_FINISHED', 'ID_VALIDATION_FINISHED'],
    ['ID_VALIDATION_FINISHED_SECOND_ID', 'ID_VALIDATION_FINISHED_SECOND_ID'],
    ['POST_PROCESSING_FINISHED', 'POST_PROCESSING_FINISHED'],
    ['FACE_VALIDATION_FINISHED', 'FACE_VALIDATION_FINISHED'],
    ['GOVERNMENT_VALIDATION_FINISHED', 'GOVERNMENT_VALIDATION_FINISHED'],
    ['ONBOARDING_FINISHED', 'ONBOARDING_FINISHED'],
    ['MANUAL_REVIEW_APPROVED', 'MANUAL_REVIEW_APPROVED'],
    ['MANUAL_REVIEW_REJECTED', 'MANUAL_REVIEW_REJECTED'],
    ['EXPIRED', 'EXPIRED'],
    ['ONBOADING_FINISHED', 'ONBOARDING_FINISHED'],
    ['SOMETHING_NEW', 'UNRECOGNIZED'],
  ])('%s is %s', async (onboardingStatus, status) => {
    await using incode = await startProvider({ body: { onboardingStatus } });

    expect(await checksAt(incode.url).status(access, patient)).toBe(status);
    expect(incode.requests[0]?.url).toBe(`/omni/get/onboarding/status?id=${access.id}`);
  });

  it('is null when Incode does not know the session', async () => {
    await using incode = await startProvider(problem(404));

    expect(await checksAt(incode.url).status(access, patient)).toBeNull();
  });

  it('is asked for again after a passing failure', async () => {
    await using incode = await startProvider({ status: 502 }, { body: { onboardingStatus: 'EXPIRED' } });

    expect(await checksAt(incode.url).status(access, patient)).toBe('EXPIRED');
  });
});

describe('the score', () => {
  it.each([
    [
      { status: 'OK', value: '95.4' },
      { status: 'OK', value: '95.4' },
    ],
    [
      { status: 'WARN', value: 60.5 },
      { status: 'WARN', value: '60.5' },
    ],
    [
      { status: 'FAIL', value: '0.0' },
      { status: 'FAIL', value: '0.0' },
    ],
    [{ status: 'MANUAL_PENDING' }, { status: 'MANUAL', value: null }],
    [
      { status: 'NEW', value: null },
      { status: 'UNKNOWN', value: null },
    ],
    [{}, { status: 'UNKNOWN', value: null }],
  ])('%j is %j', async (overall, score) => {
    await using incode = await startProvider({ body: { overall, idValidation: {} } });

    expect(await checksAt(incode.url).score(access, patient)).toEqual(score);
    expect(incode.requests[0]?.url).toBe(`/omni/get/score?id=${access.id}`);
  });
});

const refused = { code: 'PROVIDER_UNAVAILABLE', provider: 'INCODE', outcome: 'NOT_CARRIED_OUT' };
const unknown = { ...refused, outcome: 'UNKNOWN' };

describe("Incode's errors", () => {
  it.each([
    [400, { refusal: 'INVALID_STATE' }],
    [401, { refusal: 'INVALID_STATE' }],
    [403, refused],
    [404, { refusal: 'NOT_FOUND' }],
    [409, { refusal: 'CONFLICT' }],
    [500, unknown],
  ])('%d of a completion is told as %j', async (status, told) => {
    await using incode = await startProvider(problem(status));

    expect(await failureOf(checksAt(incode.url).complete(access, patient))).toEqual(told);
  });

  it.each([
    [400, { refusal: 'INVALID_INPUT' }],
    [403, refused],
    [404, { refusal: 'NOT_FOUND' }],
    [409, { refusal: 'CONFLICT' }],
    [500, unknown],
  ])('%d of a start is told as %j', async (status, told) => {
    await using incode = await startProvider(problem(status));

    expect(await failureOf(checksAt(incode.url).start(newSession, patient))).toEqual(told);
  });

  it.each([
    ['start', '/omni/start'],
    ['complete', '/omni/finish-status'],
  ] as const)(
    'a redirect of %s to the same path elsewhere is certainly not carried out',
    async (how, here) => {
      await using incode = await startProvider({
        status: 301,
        headers: { location: `https://saas.test${here}` },
      });
      const checks = checksAt(incode.url);

      const write = how === 'start' ? checks.start(newSession, patient) : checks.complete(access, patient);

      expect(await failureOf(write)).toEqual(refused);
    },
  );

  it('403, which is our key, is not told to be tried again later', async () => {
    await using incode = await startProvider(problem(403));

    await expect(checksAt(incode.url).score(access, patient)).rejects.toThrow(
      'Incode does not accept the requests of this service. Trying again changes nothing until whoever runs it has looked',
    );
  });

  it('401 of a start is our outage: there is no session token yet', async () => {
    await using incode = await startProvider(problem(401));

    expect(await failureOf(checksAt(incode.url).start(newSession, patient))).toEqual(refused);
  });

  it.each([4005, 1003])(
    'the vendor code %d in the body does not count, the HTTP status does',
    async (code) => {
      await using incode = await startProvider(problem(400, code));

      expect(await failureOf(checksAt(incode.url).complete(access, patient))).toEqual({
        refusal: 'INVALID_STATE',
      });
    },
  );

  it('429 tells when to come back', async () => {
    await using incode = await startProvider({ ...problem(429), headers: { 'retry-after': '30' } });

    expect(await failureOf(checksAt(incode.url).start(newSession, patient))).toMatchObject({
      code: 'PROVIDER_RATE_LIMITED',
      retryAfterSeconds: 30,
    });
  });

  it('401 of a read says that the session is over, and does not advise to try again', async () => {
    await using incode = await startProvider(problem(401));
    const checks = checksAt(incode.url);

    for (const read of [checks.status(access, patient), checks.score(access, patient)]) {
      await expect(read).rejects.toThrow(
        "Incode no longer accepts this session's token, so nothing more can be read of it. Start a new session.",
      );
    }
    expect(incode.requests).toHaveLength(2);
  });

  it.each([401, 403, 500])('%d of a read is our outage', async (status) => {
    await using incode = await startProvider(problem(status));

    expect(await failureOf(checksAt(incode.url).score(access, patient))).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
    });
  });
});
