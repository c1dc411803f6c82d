import { describe, expect, it } from 'vitest';

import type { HttpObserver } from '../../src/http/observer.ts';
import { accessOf, ANYBODY, NOBODY } from '../../src/onboarding/caller.ts';
import { incodeApi } from '../../src/providers/incode/api.ts';
import { incodeIdentityChecks } from '../../src/providers/incode/identity-checks.ts';
import { increaseApi } from '../../src/providers/increase/api.ts';
import { increaseEntityOnboardingSessions } from '../../src/providers/increase/entity-onboarding-sessions.ts';
import { increasePrograms } from '../../src/providers/increase/programs.ts';
import { failureOf } from '../support/outcome.ts';
import { startProvider } from '../support/provider.ts';

const program = {
  id: 'program_1',
  name: 'Commercial Banking',
  bank: 'first_internet_bank',
  created_at: '2020-01-31T23:59:59Z',
  updated_at: '2020-01-31T23:59:59Z',
};
const session = {
  id: 'session_1',
  created_at: '2020-01-31T23:59:59Z',
  expires_at: '2020-02-01T05:59:59Z',
  program_id: 'program_1',
  entity_id: null,
  redirect_url: 'https://example.com/done',
  session_url: null,
  status: 'active',
  idempotency_key: null,
};

const apiAt = (baseUrl: string, observer: HttpObserver = {}) =>
  increaseApi({ apiKey: 'key', baseUrl, observer });
const programsAt = (baseUrl: string, observer?: HttpObserver) => increasePrograms(apiAt(baseUrl, observer));
const checksAt = (baseUrl: string) => incodeIdentityChecks(incodeApi({ apiKey: 'key', baseUrl }));

/** Somebody who asks, and can leave. */
function caller(access: string | undefined = 'all') {
  const controller = new AbortController();
  return { call: { signal: controller.signal, caller: '', access }, leave: leaving(controller) };
}

const leaving = (controller: AbortController) => (name: 'AbortError' | 'TimeoutError') =>
  controller.abort(new DOMException('', name));

/** An answer that waits until it is let go. */
function held(body: unknown, status = 200) {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { answer: { body, status, after: promise }, letGo: resolve };
}

describe('equal reads at the same time', () => {
  it('are one request, and are counted', async () => {
    const { answer, letGo } = held(program);
    await using increase = await startProvider(answer);
    const shared: string[] = [];
    const programs = programsAt(`${increase.url}/v1`, { deduplicated: (route) => shared.push(route) });

    const reads = Array.from({ length: 64 }, () => programs.get('program_1', caller().call));
    await increase.received(1);
    letGo();
    const found = await Promise.all(reads);

    expect(found.map((each) => each?.name)).toEqual(Array(64).fill('Commercial Banking'));
    expect(increase.requests).toHaveLength(1);
    expect(shared).toEqual(Array(63).fill('GET /v1/programs/{}'));
  });

  it.each([
    ['callers who may not see the same', 'all', 'confined'],
    ['callers of whom it is not known what they may see', undefined, undefined],
  ])('are two for %s', async (_whom, one, other) => {
    await using increase = await startProvider({ body: program });
    const programs = programsAt(increase.url);

    const asOne = { ...caller().call, access: one };
    const asOther = { ...caller().call, access: other };
    await Promise.all([programs.get('program_1', asOne), programs.get('program_1', asOther)]);

    expect(increase.requests).toHaveLength(2);
  });

  it('are two with another token', async () => {
    await using incode = await startProvider({ body: { onboardingStatus: 'UNKNOWN' } });
    const checks = checksAt(incode.url);

    await Promise.all(
      ['a', 'b', 'b'].map((token) => checks.status({ id: 'interview_1', token }, caller().call)),
    );

    const tokens = incode.requests.map(({ headers }) => headers['x-incode-hardware-id']);
    expect([tokens.length, new Set(tokens)]).toEqual([2, new Set(['a', 'b'])]);
  });

  it('are never the GET that finishes a session', async () => {
    await using incode = await startProvider({ body: { redirectionUrl: '', action: '' } });
    const checks = checksAt(incode.url);
    const access = { id: 'interview_1', token: 'token' };

    await Promise.all([checks.complete(access, caller().call), checks.complete(access, caller().call)]);

    expect(incode.requests).toHaveLength(2);
  });

  it('fail together, and the next asks anew', async () => {
    const { answer, letGo } = held({ type: 'api_method_not_found_error' }, 404);
    await using increase = await startProvider(answer, { body: program });
    const programs = programsAt(increase.url);

    const failures = [caller(), caller()].map(({ call }) => failureOf(programs.get('program_1', call)));
    await increase.received(1);
    letGo();

    const failure = { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE', outcome: 'NOT_CARRIED_OUT' };
    expect(await Promise.all(failures)).toEqual([failure, failure]);
    expect(await programs.get('program_1', caller().call)).toMatchObject({ id: 'program_1' });
    expect(increase.requests).toHaveLength(2);
  });

  it('are not joined after a write, which they may know nothing of', async () => {
    const { answer, letGo } = held(session);
    await using increase = await startProvider(
      answer,
      { body: { ...session, status: 'expired' } },
      { body: { ...session, status: 'expired' } },
    );
    const sessions = increaseEntityOnboardingSessions(apiAt(increase.url), { simulations: false });

    const before = sessions.get('session_1', caller().call);
    await increase.received(1);
    await sessions.expire('session_1', 'key-1', caller().call);
    const after = await sessions.get('session_1', caller().call);
    letGo();

    expect([(await before)?.status, after?.status]).toEqual(['ACTIVE', 'EXPIRED']);
  });
});

describe('a caller who leaves', () => {
  it.each([
    ['began the read', 0],
    ['joined it', 1],
  ])('and %s hears it at once, and the other gets the answer', async (_which, index) => {
    const { answer, letGo } = held(program);
    await using increase = await startProvider(answer);
    const programs = programsAt(increase.url);
    const callers = [caller(), caller()];
    const reads = callers.map(({ call }) => programs.get('program_1', call));
    await increase.received(1);

    callers[index]?.leave('TimeoutError');
    const failure = await failureOf(reads[index] ?? Promise.resolve());
    letGo();

    expect(failure).toMatchObject({ code: 'PROVIDER_TIMEOUT', outcome: 'NOT_CARRIED_OUT' });
    expect(await reads[1 - index]).toMatchObject({ id: 'program_1' });
    expect(increase.requests).toHaveLength(1);
  });

  it('ends the request when nobody waits for it any more, and the next is another', async () => {
    const ended = Promise.withResolvers<string>();
    const { answer } = held(program);
    await using increase = await startProvider(answer, { body: program });
    const programs = programsAt(increase.url, { attempt: ({ result }) => ended.resolve(String(result)) });
    const [first, last] = [caller(), caller()];
    const reads = [first, last].map(({ call }) => programs.get('program_1', call));
    const errors = reads.map((read) => read?.catch((error: unknown) => (error as Error).name));
    await increase.received(1);

    first.leave('AbortError');
    last.leave('TimeoutError');
    const next = programs.get('program_1', caller().call);

    expect(await ended.promise).toBe('CANCELLED');
    expect(await Promise.all(errors)).toEqual(['CallerGone', 'ProviderTimeout']);
    expect(await next).toMatchObject({ id: 'program_1' });
    expect(increase.requests).toHaveLength(2);
  });
});

describe('the time that a shared read has', () => {
  it('is that of whoever waits longest', async () => {
    const { answer, letGo } = held({}, 503);
    await using increase = await startProvider(answer, { body: program });
    const programs = programsAt(increase.url);
    const hurried = { ...caller().call, deadlineAt: performance.now() };
    const patient = caller().call;

    const reads = [programs.get('program_1', hurried), programs.get('program_1', patient)];
    await increase.received(1);
    letGo();

    expect((await Promise.all(reads)).map((each) => each?.id)).toEqual(['program_1', 'program_1']);
  });
});

describe('a shared read', () => {
  it('takes the turn of the operation that began it', async () => {
    const { answer, letGo } = held(program);
    await using increase = await startProvider(answer);
    const programs = programsAt(increase.url);
    const { call } = caller();

    const reads = Array.from({ length: 9 }, (_, index) => programs.get(`program_${index}`, call));
    await increase.received(8);
    const ofAnother = programs.get('program_10', caller().call);
    await increase.received(9);
    const asked = increase.requests.map(({ url }) => url);
    letGo();
    await Promise.all([...reads, ofAnother]);

    expect(asked.slice(8)).toEqual(['/programs/program_10']);
    expect(increase.requests).toHaveLength(10);
  });
});

describe("a caller's access", () => {
  const token = { id: 'a', isAuthenticated: true, scopes: new Set(['b', 'a']), customerId: null };

  it('is the same for the same scopes and customer, whoever it is', () => {
    expect(accessOf({ ...token, id: 'b', scopes: new Set(['a', 'b']) })).toBe(accessOf(token));
  });

  it('is another for other scopes, another customer, nobody and anybody', () => {
    const callers = [
      token,
      { ...token, scopes: new Set(['a']) },
      { ...token, scopes: new Set(['a b']) },
      { ...token, customerId: 'customer_1' },
      { ...token, customerId: 'customer_2' },
      ANYBODY,
      NOBODY,
    ];

    expect(new Set(callers.map(accessOf)).size).toBe(callers.length);
  });

  it('names nobody', () => {
    expect(accessOf({ ...token, customerId: 'customer_1' })).not.toContain('customer');
  });
});
