import { describe, expect, it } from 'vitest';

import { increaseApi } from '../../src/providers/increase/api.ts';
import { increaseEntities } from '../../src/providers/increase/entities.ts';
import { increaseEntityOnboardingSessions } from '../../src/providers/increase/entity-onboarding-sessions.ts';
import { increasePrograms } from '../../src/providers/increase/programs.ts';
import { maySimulate } from '../../src/providers/increase/simulations.ts';
import { failureOf, patient } from '../support/outcome.ts';
import { closedUrl, startProvider, type ScriptedAnswer } from '../support/provider.ts';

const wireSession = {
  id: 'entity_onboarding_session_wid2ug11fsmvh3k9hymd',
  type: 'entity_onboarding_session',
  created_at: '2020-01-31T23:59:59Z',
  expires_at: '2020-02-01T05:59:59+00:00',
  program_id: 'program_i2v2os4mwza1oetokh9i',
  entity_id: null,
  redirect_url: 'https://example.com/onboarding/session',
  session_url: 'https://onboarding.increase.com/onboarding/sessions?id=s3cret',
  status: 'active',
  idempotency_key: null,
};

const wireEntity = {
  id: 'entity_n8y8tnk2p9339ti393yi',
  type: 'entity',
  structure: 'corporation',
  status: 'active',
  created_at: '2020-01-31T23:59:59Z',
  creating_entity_onboarding_session_id: null,
  validation: { status: 'pending', issues: [] },
  description: null,
  corporation: { name: 'National Phonograph Company', tax_identifier: '602214076' },
};

const wireProgram = {
  id: 'program_i2v2os4mwza1oetokh9i',
  type: 'program',
  name: 'Commercial Banking',
  bank: 'first_internet_bank',
  created_at: '2020-01-31T23:59:59Z',
  updated_at: '2020-01-31T23:59:59Z',
};

const apiAt = (baseUrl: string) => increaseApi({ apiKey: 'key', baseUrl, policy: { attemptTimeoutMs: 300 } });
const sessionsAt = (url: string, simulations = true) =>
  increaseEntityOnboardingSessions(apiAt(url), { simulations });
const page = { cursor: null, limit: 20 };
const newSession = { programId: 'program_1', redirectUrl: 'https://example.com/done' };

/** An error as Increase writes it: RFC 9457's fields. */
const problem = (status: number, type: string, extra: object = {}): ScriptedAnswer => ({
  status,
  body: { type, title: 'A title', detail: 'Maria Lopez', status, ...extra },
});

describe('an entity onboarding session', () => {
  it('is read into our words', async () => {
    await using increase = await startProvider({ body: wireSession });

    const session = await sessionsAt(increase.url).get(wireSession.id, patient);

    expect(session).toEqual({
      id: wireSession.id,
      status: 'ACTIVE',
      programId: 'program_i2v2os4mwza1oetokh9i',
      entityId: null,
      redirectUrl: 'https://example.com/onboarding/session',
      sessionUrl: 'https://onboarding.increase.com/onboarding/sessions?id=s3cret',
      idempotencyKey: null,
      createdAt: new Date('2020-01-31T23:59:59Z'),
      expiresAt: new Date('2020-02-01T05:59:59Z'),
    });
    expect(increase.requests).toMatchObject([
      {
        method: 'GET',
        url: `/entity_onboarding_sessions/${wireSession.id}`,
        headers: { authorization: 'Bearer key' },
      },
    ]);
  });

  it('is null when Increase has none', async () => {
    await using increase = await startProvider(problem(404, 'object_not_found_error'));

    expect(await sessionsAt(increase.url).get('entity_onboarding_session_x', patient)).toBeNull();
  });

  it('has a status of UNKNOWN, and no sessionUrl, when Increase adds one', async () => {
    await using increase = await startProvider({ body: { ...wireSession, status: 'paused' } });

    expect(await sessionsAt(increase.url).get('x', patient)).toMatchObject({
      status: 'UNKNOWN',
      sessionUrl: null,
    });
  });

  it('has no sessionUrl once it has expired, even if Increase still sends one', async () => {
    await using increase = await startProvider({ body: { ...wireSession, status: 'expired' } });

    expect(await sessionsAt(increase.url).get('x', patient)).toMatchObject({
      status: 'EXPIRED',
      sessionUrl: null,
    });
  });
});

describe('the list of sessions', () => {
  it('is asked for with one comma-delimited status.in, the filters, the cursor and the limit', async () => {
    await using increase = await startProvider({ body: { data: [wireSession], next_cursor: 'next' } });
    const filter = { statusIn: ['ACTIVE', 'EXPIRED'] as const, idempotencyKey: 'a&b' };

    const list = await sessionsAt(increase.url).list({ cursor: 'c=1', limit: 5 }, filter, patient);

    expect(list).toMatchObject({ items: [{ id: wireSession.id }], nextCursor: 'next' });
    const url = new URL(increase.requests[0]?.url ?? '', increase.url);
    expect([...url.searchParams]).toEqual([
      ['limit', '5'],
      ['cursor', 'c=1'],
      ['status.in', 'active,expired'],
      ['idempotency_key', 'a&b'],
    ]);
  });

  it("is the caller's mistake when Increase no longer knows the cursor", async () => {
    await using increase = await startProvider(problem(400, 'invalid_parameters_error', { errors: [] }));

    const list = sessionsAt(increase.url).list({ cursor: 'old', limit: 5 }, {}, patient);

    expect(await failureOf(list)).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it("is no caller's mistake when Increase finds fault with the query, and there was no cursor in it", async () => {
    await using increase = await startProvider(problem(400, 'invalid_parameters_error', { errors: [] }));

    expect(await failureOf(sessionsAt(increase.url).list(page, {}, patient))).toEqual(notCarriedOut);
  });

  it('ends where the next cursor is null, or empty', async () => {
    await using increase = await startProvider(
      { body: { data: [wireSession], next_cursor: '' } },
      { body: { data: [wireSession], next_cursor: null } },
    );
    const { list } = sessionsAt(increase.url);

    expect((await list(page, {}, patient)).nextCursor).toBeNull();
    expect((await list(page, {}, patient)).nextCursor).toBeNull();
  });

  it('is not to be had when one item cannot be read', async () => {
    const { id: _, ...broken } = wireSession;
    await using increase = await startProvider({ body: { data: [wireSession, broken], next_cursor: null } });

    expect(await failureOf(sessionsAt(increase.url).list(page, {}, patient))).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
    });
  });
});

describe('creating, expiring and submitting', () => {
  it('sends the session, without a null entity_id, under the idempotency key', async () => {
    await using increase = await startProvider({ body: wireSession });

    const session = await sessionsAt(increase.url).create(newSession, 'key-1', patient);

    expect(session.status).toBe('ACTIVE');
    expect(increase.requests).toMatchObject([
      { method: 'POST', url: '/entity_onboarding_sessions', headers: { 'idempotency-key': 'key-1' } },
    ]);
    expect(JSON.parse(increase.requests[0]?.body ?? '')).toEqual({
      program_id: 'program_1',
      redirect_url: 'https://example.com/done',
    });
  });

  it("carries the caller's idempotency key through a retry", async () => {
    await using increase = await startProvider({ status: 503 }, { drop: 'before' }, { body: wireSession });

    const session = await sessionsAt(increase.url).create(newSession, 'key-1', patient);

    expect(session.status).toBe('ACTIVE');
    expect(increase.requests.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'key-1',
      'key-1',
      'key-1',
    ]);
  });

  it('is of unknown outcome when it is rejected after an attempt that got no answer', async () => {
    await using increase = await startProvider({ drop: 'before' }, problem(400, 'invalid_parameters_error'));

    expect(await failureOf(sessionsAt(increase.url).create(newSession, 'key-1', patient))).toEqual({
      code: 'PROVIDER_UNAVAILABLE',
      provider: 'INCREASE',
      outcome: 'UNKNOWN',
    });
  });

  it.each([
    ['expire', '/entity_onboarding_sessions/s%C3%A9/expire'],
    ['submit', '/simulations/entity_onboarding_sessions/s%C3%A9/submit'],
  ] as const)('%s posts no body', async (how, url) => {
    await using increase = await startProvider({ body: { ...wireSession, status: 'expired' } });

    expect(await sessionsAt(increase.url)[how]('sé', 'key-1', patient)).toMatchObject({ status: 'EXPIRED' });
    expect(increase.requests).toMatchObject([
      { method: 'POST', url, body: '', headers: { 'idempotency-key': 'key-1' } },
    ]);
  });

  it('never submits where simulations are off', async () => {
    await using increase = await startProvider({ body: wireSession });

    const submit = sessionsAt(increase.url, false).submit('x', 'key-1', patient);

    expect(await failureOf(submit)).toEqual({ refusal: 'NOT_PERMITTED' });
    expect(increase.requests).toEqual([]);
  });
});

describe('what is optional in an answer', () => {
  const { entity_id: _entity, session_url: _url, idempotency_key: _key, ...least } = wireSession;
  const unreadable = { ...least, entity_id: 7, session_url: {}, idempotency_key: [] };

  it.each([
    ['missing', least],
    ['unreadable', unreadable],
  ])('is null where it is %s, and the write is kept', async (_how, body) => {
    await using increase = await startProvider({ body });
    const sessions = sessionsAt(increase.url);

    const created = await sessions.create(newSession, 'key-1', patient);
    const expired = await sessions.expire('x', 'key-2', patient);
    const submitted = await sessions.submit('x', 'key-3', patient);

    expect(created).toMatchObject({ id: wireSession.id, sessionUrl: null, idempotencyKey: 'key-1' });
    for (const session of [expired, submitted]) {
      expect(session).toMatchObject({ entityId: null, sessionUrl: null, idempotencyKey: null });
    }
  });

  it('must be readable in a read, where null means that there is none', async () => {
    await using increase = await startProvider({ body: unreadable });

    await expect(sessionsAt(increase.url).get('x', patient)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      cause: {
        message:
          'answer 200 of an unexpected shape (entity_id: invalid_type, session_url: invalid_type, idempotency_key: invalid_type)',
      },
    });
  });

  it.each([
    ['javascript:alert(1)', 'data:text/html,x'],
    ['feed:javascript:alert(1)', ''],
    ['chrome://settings', 'not a url'],
    ['about:blank', '//evil.com'],
    ['mailto:maria@example.com', '/done'],
    ['http://example.com/form', ' https://example.com'],
    ['increase://form', 'https:example.com'],
  ])('is no URL that nobody can be sent to: %s and %j', async (session_url, redirect_url) => {
    await using increase = await startProvider({ body: { ...wireSession, session_url, redirect_url } });
    const told: string[] = [];
    const sessions = increaseEntityOnboardingSessions(apiAt(increase.url), {
      simulations: true,
      onUnusableUrl: (id) => told.push(id),
    });

    expect(await sessions.get('x', patient)).toMatchObject({ sessionUrl: null, redirectUrl: 'about:blank' });
    expect(told).toEqual([wireSession.id]);
  });

  it('may be an app’s URL where the person is sent afterwards', async () => {
    await using increase = await startProvider({ body: { ...wireSession, redirect_url: 'myapp://done' } });

    expect(await sessionsAt(increase.url).get('x', patient)).toMatchObject({ redirectUrl: 'myapp://done' });
  });
});

describe('simulations', () => {
  it.each([
    ['https://sandbox.increase.com', false, true],
    ['http://127.0.0.1:4011', false, true],
    ['https://api.increase.com', false, false],
    ['https://increase.com', false, false],
    ['https://API.increase.com/', false, false],
    ['https://sandbox.increase.com', true, false],
  ])('at %s, in production %s, are allowed: %s', (baseUrl, isProduction, allowed) => {
    expect(maySimulate(baseUrl, { isProduction })).toBe(allowed);
  });
});

describe('an entity', () => {
  it('is read without the personal data around it', async () => {
    await using increase = await startProvider({ body: wireEntity });

    const entity = await increaseEntities(apiAt(increase.url)).get(wireEntity.id, patient);

    expect(entity).toEqual({
      id: wireEntity.id,
      structure: 'CORPORATION',
      status: 'ACTIVE',
      validationStatus: 'PENDING',
      creatingSessionId: null,
      createdAt: new Date('2020-01-31T23:59:59Z'),
    });
  });

  it('has UNKNOWN for what Increase adds to its enums, and null without a validation', async () => {
    const body = { ...wireEntity, structure: 'guild', status: 'dormant', validation: null };
    await using increase = await startProvider({ body });

    expect(await increaseEntities(apiAt(increase.url)).get('e', patient)).toMatchObject({
      structure: 'UNKNOWN',
      status: 'UNKNOWN',
      validationStatus: null,
    });
  });
});

describe('a program', () => {
  it('is read, whatever its bank', async () => {
    await using increase = await startProvider({ body: { ...wireProgram, bank: 'a_new_bank' } });

    expect(await increasePrograms(apiAt(increase.url)).get(wireProgram.id, patient)).toEqual({
      id: wireProgram.id,
      name: 'Commercial Banking',
      bank: 'a_new_bank',
      createdAt: new Date('2020-01-31T23:59:59Z'),
      updatedAt: new Date('2020-01-31T23:59:59Z'),
    });
  });
});

const outage = { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE' };
const notCarriedOut = { ...outage, outcome: 'NOT_CARRIED_OUT' };
const unknown = { ...outage, outcome: 'UNKNOWN' };

describe("Increase's errors", () => {
  it.each([
    [400, 'invalid_parameters_error', { refusal: 'INVALID_INPUT' }],
    [400, 'malformed_request_error', notCarriedOut],
    [401, 'invalid_api_key_error', notCarriedOut],
    [403, 'environment_mismatch_error', notCarriedOut],
    [403, 'insufficient_permissions_error', notCarriedOut],
    [403, 'private_feature_error', notCarriedOut],
    [404, 'object_not_found_error', { refusal: 'NOT_FOUND' }],
    [404, 'api_method_not_found_error', notCarriedOut],
    [409, 'idempotency_key_already_used_error', { refusal: 'IDEMPOTENCY_KEY_REUSED' }],
    [409, 'invalid_operation_error', { refusal: 'INVALID_STATE' }],
    [422, 'a_new_error', notCarriedOut],
    [500, 'internal_server_error', unknown],
  ])('%d %s of a write is told as %j', async (status, type, told) => {
    await using increase = await startProvider(problem(status, type));

    expect(await failureOf(sessionsAt(increase.url).create(newSession, 'key-1', patient))).toEqual(told);
  });

  it.each([
    [400, 'invalid_parameters_error'],
    [401, 'invalid_api_key_error'],
    [403, 'environment_mismatch_error'],
    [404, 'api_method_not_found_error'],
    [500, 'internal_server_error'],
  ])('%d %s of a read is our outage', async (status, type) => {
    await using increase = await startProvider(problem(status, type));

    expect(await failureOf(sessionsAt(increase.url).get('x', patient))).toMatchObject(outage);
  });

  it.each([
    ['in the body', { retry_after: 7 }, {}],
    ['in the header', {}, { 'retry-after': '7' }],
  ])('429 tells when to come back, from what stands %s', async (_where, extra, headers) => {
    await using increase = await startProvider({ ...problem(429, 'rate_limited_error', extra), headers });

    const hurried = { ...patient, deadlineAt: performance.now() + 6_000 };
    expect(await failureOf(sessionsAt(increase.url).get('x', hurried))).toMatchObject({
      code: 'PROVIDER_RATE_LIMITED',
      retryAfterSeconds: 7,
    });
    expect(increase.requests).toHaveLength(1);
  });

  it('429 without a time is told without one', async () => {
    await using increase = await startProvider(problem(429, 'rate_limited_error'));

    expect(await failureOf(sessionsAt(increase.url).get('x', patient))).toMatchObject({
      retryAfterSeconds: null,
    });
  });

  it.each([
    ['HTML', { body: '<html>Bad gateway</html>' }],
    ['an empty body', { body: '' }],
    ['a missing field', { body: { ...wireSession, program_id: undefined } }],
    ['a field of another type', { body: { ...wireSession, created_at: 'yesterday' } }],
    ['a truncated body', { body: wireSession, drop: 'midway' }],
    ['an oversized body', { body: ' '.repeat(2 * 1024 * 1024 + 1) }],
    ['a 404 that is not Increase’s', { status: 404, body: '<html>Not here</html>' }],
    ['no connection', { drop: 'before' }],
  ] satisfies [string, ScriptedAnswer][])('%s is our outage', async (_what, answer) => {
    await using increase = await startProvider(answer);

    expect(await failureOf(sessionsAt(increase.url).get('x', patient))).toMatchObject(outage);
  });

  it('a redirect of a read is our outage, and told with where it points to', async () => {
    const location = 'https://api.increase.test/entity_onboarding_sessions/s3cret?a=b';
    await using increase = await startProvider({ status: 302, headers: { location } });

    await expect(sessionsAt(increase.url).get('x', patient)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      cause: {
        message:
          'answer 302 without a type points to another path at https://api.increase.test: check INCREASE_BASE_URL',
      },
    });
    expect(increase.requests).toHaveLength(1);
  });

  it('a redirect of a write to the same path elsewhere is certainly not carried out', async () => {
    const location = 'https://api.increase.test/entity_onboarding_sessions';
    await using increase = await startProvider({ status: 301, headers: { location } });

    expect(await failureOf(sessionsAt(increase.url).create(newSession, 'key-1', patient))).toEqual(
      notCarriedOut,
    );
  });

  it('a refused connection is an outage in which nothing was carried out', async () => {
    const sessions = sessionsAt(await closedUrl());

    expect(await failureOf(sessions.create(newSession, 'key-1', patient))).toEqual(notCarriedOut);
  });

  it('no answer in time is told as such', async () => {
    const never = Promise.withResolvers<void>();
    await using increase = await startProvider({ after: never.promise });

    expect(await failureOf(sessionsAt(increase.url).get('x', patient))).toMatchObject({
      code: 'PROVIDER_TIMEOUT',
      provider: 'INCREASE',
    });
    never.resolve();
  });

  it('an operation out of time is told as such', async () => {
    const never = Promise.withResolvers<void>();
    await using increase = await startProvider({ after: never.promise });

    const read = sessionsAt(increase.url).get('x', { ...patient, signal: AbortSignal.timeout(20) });

    expect(await failureOf(read)).toMatchObject({ code: 'PROVIDER_TIMEOUT' });
    never.resolve();
  });
});
