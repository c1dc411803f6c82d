import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
// One for each: retries have a budget, and one test must not spend another's.
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const START = /* GraphQL */ `
  mutation ($key: ID, $customer: ID) {
    startOnboardingSession(input: { idempotencyKey: $key, externalCustomerId: $customer }) {
      sessionToken
      onboardingSession {
        id
        createdAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;
const COMPLETE = /* GraphQL */ `
  mutation ($id: ID!, $key: ID) {
    completeOnboardingSession(input: { id: $id, idempotencyKey: $key }) {
      onboardingSession {
        id
        status
        completedAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;
const ONBOARD = /* GraphQL */ `
  mutation ($key: ID, $customer: ID!) {
    onboardCustomer(
      input: {
        productGroupId: "sandbox-product-group"
        triggerId: "sandbox-trigger"
        idempotencyKey: $key
        customer: { id: $customer }
      }
    ) {
      customerOnboard {
        id
        createdAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;
const CREATE = /* GraphQL */ `
  mutation ($key: ID, $url: URL!) {
    createEntityOnboardingSession(
      input: {
        programId: "program_sandbox000000000001"
        redirectUrl: $url
        customerId: "customer-k"
        idempotencyKey: $key
      }
    ) {
      entityOnboardingSession {
        id
        status
        sessionUrl
        idempotencyKey
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const END = (how: 'expire' | 'submit') => /* GraphQL */ `
  mutation ($id: ID!, $key: ID) {
    ${how}EntityOnboardingSession(input: { id: $id, idempotencyKey: $key }) {
      entityOnboardingSession { id status sessionUrl entity { id } }
      userErrors { code field message }
    }
  }
`;

async function sent(
  provider: 'incode' | 'increase' | 'relay',
  method: string,
  path: string,
): Promise<number> {
  const requests = await service.requests(provider);
  return requests.filter((request) => request.method === method && request.path.includes(path)).length;
}

describe.each([
  { name: 'startOnboardingSession', query: START, provider: 'incode', path: '/omni/start' },
  { name: 'onboardCustomer', query: ONBOARD, provider: 'relay', path: '/onboard' },
] as const)('$name', ({ name, query, provider, path }) => {
  it('answers the same for the same key, and is sent once', async () => {
    const before = await sent(provider, 'POST', path);
    const first = await service.query(query, { key: `${name}-1`, customer: 'a' });
    const second = await service.query(query, { key: `${name}-1`, customer: 'a' });

    expect(first.data[name].userErrors).toEqual([]);
    expect(second).toEqual(first);
    expect(await sent(provider, 'POST', path)).toBe(before + 1);
  });

  it('is refused for the same key with other arguments', async () => {
    await service.query(query, { key: `${name}-2`, customer: 'a' });

    const { data } = await service.query(query, { key: `${name}-2`, customer: 'b' });

    expect(data[name].userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] },
    ]);
  });

  it('is told to be of unknown outcome after its answer was lost, and is not sent again under that key', async () => {
    const before = await sent(provider, 'POST', path);
    await service.fault(provider, { match: path, drop: 'after' });

    const lost = await service.query(query, { key: `${name}-3`, customer: 'a' });
    const again = await service.query(query, { key: `${name}-3`, customer: 'a' });
    const anew = await service.query(query, { key: `${name}-4`, customer: 'a' });

    expect(lost.errors).toMatchObject([
      {
        message: expect.stringMatching(
          /It may have been carried out .* Repeat it with the same idempotencyKey: that sends nothing twice\. If you gave none, look there first\.$/,
        ),
        extensions: { code: 'PROVIDER_UNAVAILABLE' },
      },
    ]);
    expect(again.data[name].userErrors).toMatchObject([
      { code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('under a new key') },
    ]);
    expect(anew.data[name].userErrors).toEqual([]);
    expect(await sent(provider, 'POST', path)).toBe(before + 2);
  });

  it('is carried out under the same key after it was refused', async () => {
    await service.fault(provider, { match: path, status: 409 });
    const refused = await service.query(query, { key: `${name}-5`, customer: 'a' });

    const { data } = await service.query(query, { key: `${name}-5`, customer: 'a' });

    expect(refused.data[name].userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(data[name].userErrors).toEqual([]);
  });

  it('is sent once for many at the same moment', async () => {
    const before = await sent(provider, 'POST', path);
    await service.fault(provider, { match: path, delayMs: 100 });

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.query(query, { key: `${name}-6`, customer: 'a' })),
    );

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await sent(provider, 'POST', path)).toBe(before + 1);
  });
});

const start = (input: object) =>
  service.query(
    'mutation ($input: StartOnboardingSessionInput!) { startOnboardingSession(input: $input) { sessionToken userErrors { code } } }',
    { input },
  );

const onboard = (input: object, customer: object) =>
  service.query(
    'mutation ($input: OnboardCustomerInput!) { onboardCustomer(input: $input) { customerOnboard { id } userErrors { code } } }',
    {
      input: {
        productGroupId: 'sandbox-product-group',
        idempotencyKey: 'empty',
        customer: { id: 'spelt', ...customer },
        ...input,
      },
    },
  );

describe('the same arguments', () => {
  const first = {
    externalCustomerId: 'spelt',
    customFields: [
      { name: 'plan', value: 'gold' },
      { name: 'branch', value: '7' },
    ],
    idempotencyKey: 'spelt',
  };

  it.each([
    ['with null for what is not given', { ...first, language: null }],
    ['with what the schema puts in', { ...first, countryCode: 'ALL' }],
    ['in small letters', { ...first, countryCode: 'all' }],
    ['with names in another order', { ...first, customFields: first.customFields.toReversed() }],
  ])('may be spelt %s', async (_how, input) => {
    const { data } = await start(first);

    expect((await start(input)).data).toEqual(data);
    expect(data.startOnboardingSession.userErrors).toEqual([]);
  });

  it('may have empty lists and objects where nothing was given, and nobody is texted twice', async () => {
    const { data } = await onboard({}, {});

    const again = await onboard(
      { inputParameters: [], powerupsParameters: [], launchedBy: {} },
      { notificationChannels: [], addresses: [], ext: [] },
    );

    expect(data.onboardCustomer.userErrors).toEqual([]);
    expect(again.data).toEqual(data);
  });
});

const started = async () => {
  const { data } = await service.query(START);
  return data.startOnboardingSession.onboardingSession.id as string;
};

describe('completeOnboardingSession', () => {
  it('is sent once for many at the same moment, also without a key', async () => {
    const id = await started();
    const before = await sent('incode', 'GET', '/omni/finish-status');
    await service.fault('incode', { match: '/omni/finish-status', delayMs: 100 });

    const answers = await Promise.all(Array.from({ length: 10 }, () => service.query(COMPLETE, { id })));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await sent('incode', 'GET', '/omni/finish-status')).toBe(before + 1);
  });

  it('is sent once under several keys at the same moment', async () => {
    const id = await started();
    const before = await sent('incode', 'GET', '/omni/finish-status');
    await service.fault('incode', { match: '/omni/finish-status', delayMs: 100 });

    const answers = await Promise.all(
      ['k1', 'k2', undefined].map((key) =>
        service.query(COMPLETE, { id, ...(key && { key: `${id}-${key}` }) }),
      ),
    );

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await sent('incode', 'GET', '/omni/finish-status')).toBe(before + 1);
  });

  it('is refused for the same key with another session', async () => {
    const [one, other] = [await started(), await started()];
    await service.query(COMPLETE, { id: one, key: 'complete-0' });

    const { data } = await service.query(COMPLETE, { id: other, key: 'complete-0' });

    expect(data.completeOnboardingSession.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('is not sent again while its status cannot be read', async () => {
    const id = await started();
    const before = await sent('incode', 'GET', '/omni/finish-status');
    await service.fault('incode', { match: '/omni/finish-status', drop: 'after' });
    await service.query(COMPLETE, { id });
    await service.fault('incode', { match: '/status', status: 500, times: 3 });

    const blind = await service.query(COMPLETE, { id });
    const found = await service.query(COMPLETE, { id });

    expect(blind.errors?.[0]?.extensions['code']).toBe('PROVIDER_UNAVAILABLE');
    expect(found.data.completeOnboardingSession.onboardingSession.status).toBe('ONBOARDING_FINISHED');
    expect(await sent('incode', 'GET', '/omni/finish-status')).toBe(before + 1);
  });

  it('is not told to be repeated later, once Incode no longer accepts its token', async () => {
    const id = await started();
    await service.fault('incode', { match: '/omni/finish-status', drop: 'after' });
    await service.query(COMPLETE, { id });
    await service.fault('incode', { match: '/status', status: 401 });

    const { errors } = await service.query(COMPLETE, { id });

    expect(errors).toMatchObject([
      {
        message:
          "It may have been carried out, and Incode could not be asked whether it was. Incode no longer accepts this session's token, so this cannot be found out here any more: look for the session there before you start a new one.",
        extensions: { code: 'PROVIDER_UNAVAILABLE', outcome: 'UNKNOWN' },
      },
    ]);
  });

  it('is found to have happened by reading the status, when its answer was lost', async () => {
    const id = await started();
    const before = await sent('incode', 'GET', '/omni/finish-status');
    await service.fault('incode', { match: '/omni/finish-status', drop: 'after' });

    const lost = await service.query(COMPLETE, { id, key: 'complete-1' });
    const again = await service.query(COMPLETE, { id, key: 'complete-1' });

    expect(lost.data.completeOnboardingSession).toBeNull();
    expect(again.data.completeOnboardingSession).toMatchObject({
      userErrors: [],
      onboardingSession: { id, status: 'ONBOARDING_FINISHED', completedAt: expect.any(String) },
    });
    expect(await sent('incode', 'GET', '/omni/finish-status')).toBe(before + 1);
  });

  it('is carried out again, when it was lost on the way there', async () => {
    const id = await started();
    await service.fault('incode', { match: '/omni/finish-status', drop: 'before' });

    await service.query(COMPLETE, { id, key: 'complete-2' });
    const again = await service.query(COMPLETE, { id, key: 'complete-2' });

    expect(again.data.completeOnboardingSession.onboardingSession).toMatchObject({
      status: 'ONBOARDING_FINISHED',
    });
  });
});

describe('createEntityOnboardingSession', () => {
  it('answers the same for the same key, by one read and no write', async () => {
    const first = await service.query(CREATE, { key: 'create-1', url: 'https://example.com/1' });
    const before = (await service.requests('increase')).length;

    const second = await service.query(CREATE, { key: 'create-1', url: 'https://example.com/1' });

    expect(second).toEqual(first);
    expect((await service.requests('increase')).slice(before).map(({ method }) => method)).toEqual(['GET']);
  });

  it('is not told to be repeated later where Increase refuses this service: what was carried out, and what is in doubt', async () => {
    const [done, doubt] = ['refused-done', 'refused-doubt'].map((key) => ({
      key,
      url: 'https://example.com/1',
    }));
    await service.query(CREATE, done);
    await service.fault('increase', { match: 'POST /entity_onboarding_sessions', drop: 'after', times: 3 });
    await service.query(CREATE, doubt);
    await service.fault('increase', { match: '/entity_onboarding_sessions', status: 401, times: 2 });

    const answers = [await service.query(CREATE, done), await service.query(CREATE, doubt)];

    const remedy =
      'Increase does not accept the requests of this service, until whoever runs it has looked: the log has the reason under this request id. Repeat the same request after that: it sends nothing twice.';
    expect(answers.map(({ errors }) => errors?.[0]?.message)).toEqual([
      `It was carried out, but Increase could not be asked how it stands now. ${remedy}`,
      `It may have been carried out, and Increase could not be asked whether it was. ${remedy}`,
    ]);
    expect(answers.map(({ errors }) => errors?.[0]?.extensions['outcome'])).toEqual(['UNKNOWN', 'UNKNOWN']);
  });

  it('answers the session as it is now: no form of one that has ended', async () => {
    const created = async () => {
      const { data } = await service.query(CREATE, { key: 'create-3', url: 'https://example.com/3' });
      return data.createEntityOnboardingSession.entityOnboardingSession;
    };
    const { id } = await created();
    await service.query(END('expire'), { id });

    expect(await created()).toEqual({
      id,
      status: 'EXPIRED',
      sessionUrl: null,
      idempotencyKey: 'create-3',
    });
  });

  it('answers no form from memory where it cannot be read whether it is still open', async () => {
    const ask = () => service.query(CREATE, { key: 'create-4', url: 'https://example.com/4' });
    await ask();
    await service.fault('increase', { match: 'GET /entity_onboarding_sessions/', status: 500, times: 3 });

    const unread = await ask();
    const read = await ask();

    expect(unread).toMatchObject({
      data: { createEntityOnboardingSession: null },
      errors: [
        {
          message: expect.stringMatching(/^It was carried out, but Increase could not be asked/),
          extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE', outcome: 'UNKNOWN' },
        },
      ],
    });
    expect(read.data.createEntityOnboardingSession.entityOnboardingSession).toMatchObject({
      status: 'ACTIVE',
      sessionUrl: expect.stringMatching(/^http/),
    });
  });

  it('is told for good where Increase no longer knows the session', async () => {
    const ask = () => service.query(CREATE, { key: 'create-5', url: 'https://example.com/5' });
    await ask();
    const type = 'object_not_found_error';
    await service.fault('increase', {
      match: 'GET /entity_onboarding_sessions/',
      status: 404,
      body: { type, title: '', status: 404, detail: null },
    });

    expect((await ask()).data.createEntityOnboardingSession.userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'idempotencyKey'], message: expect.stringContaining('new key') },
    ]);
  });

  it('finds the session under the same key at Increase, when its answers were lost', async () => {
    await service.fault('increase', { match: 'POST /entity_onboarding_sessions', drop: 'after', times: 3 });
    const lost = await service.query(CREATE, { key: 'create-2', url: 'https://example.com/2' });

    const { data } = await service.query(CREATE, { key: 'create-2', url: 'https://example.com/2' });
    const list = await service.query(
      '{ entityOnboardingSessions(filter: { idempotencyKey: "create-2" }) { nodes { id } } }',
    );

    expect(lost.data.createEntityOnboardingSession).toBeNull();
    const { id } = data.createEntityOnboardingSession.entityOnboardingSession;
    expect(list.data.entityOnboardingSessions.nodes).toEqual([{ id }]);
  });
});

const active = async (key?: string) => {
  const { data } = await service.query(CREATE, { key, url: 'https://example.com/end' });
  return data.createEntityOnboardingSession.entityOnboardingSession.id as string;
};

const WIRE_SESSION = {
  status: 'active',
  created_at: '2026-11-21T13:00:00Z',
  expires_at: '2026-11-28T13:00:00Z',
  program_id: 'program_sandbox000000000001',
  entity_id: null,
  redirect_url: 'https://example.com/end',
  session_url: null,
  idempotency_key: null,
};

describe.each(['expire', 'submit'] as const)('%sEntityOnboardingSession', (how) => {
  const name = `${how}EntityOnboardingSession`;
  const path = `/${how}`;

  it('is no refusal when it is repeated with its key after its answer was lost', async () => {
    const id = await active();
    const before = await sent('increase', 'POST', path);
    await service.fault('increase', { match: path, drop: 'after', times: 3 });

    const lost = await service.query(END(how), { id, key: `${how}-1` });
    const again = await service.query(END(how), { id, key: `${how}-1` });
    const oncemore = await service.query(END(how), { id, key: `${how}-1` });

    expect(lost.data[name]).toBeNull();
    for (const { data } of [again, oncemore]) {
      expect(data[name]).toMatchObject({
        userErrors: [],
        entityOnboardingSession: { id, status: 'EXPIRED' },
      });
    }
    expect(await sent('increase', 'POST', path)).toBe(before + 3);
  });

  it('is no refusal when it was carried out only after it was read whether it was', async () => {
    const id = await active();
    await service.fault('increase', { match: path, drop: 'after', times: 3 });
    await service.query(END(how), { id, key: `${how}-late` });
    await service.fault('increase', {
      match: `GET /entity_onboarding_sessions/${id}`,
      status: 200,
      body: { ...WIRE_SESSION, id },
    });
    await service.fault('increase', { match: path, status: 400, body: { type: 'invalid_operation_error' } });

    const { data } = await service.query(END(how), { id, key: `${how}-late` });

    expect(data[name]).toMatchObject({ userErrors: [], entityOnboardingSession: { id, status: 'EXPIRED' } });
  });

  it('stays in doubt when it is refused and cannot be read any more', async () => {
    const id = await active();
    await service.fault('increase', { match: path, drop: 'before', times: 3 });
    await service.query(END(how), { id, key: `${how}-blind` });
    const read = `GET /entity_onboarding_sessions/${id}`;
    await service.fault('increase', { match: read, status: 200, body: { ...WIRE_SESSION, id } });
    await service.fault('increase', { match: path, status: 400, body: { type: 'invalid_operation_error' } });
    await service.fault('increase', { match: read, status: 500, times: 3 });

    const { errors } = await service.query(END(how), { id, key: `${how}-blind` });

    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_UNAVAILABLE', outcome: 'UNKNOWN' } }]);
  });

  it('is carried out when it is repeated with its key after it never arrived', async () => {
    const id = await active();
    await service.fault('increase', { match: path, drop: 'before', times: 3 });

    await service.query(END(how), { id, key: `${how}-2` });
    await service.heal('increase'); // retries have a budget, and may have left some of the faults
    const { data } = await service.query(END(how), { id, key: `${how}-2` });

    expect(data[name]).toMatchObject({ userErrors: [], entityOnboardingSession: { id, status: 'EXPIRED' } });
  });

  it('may have the key that the session was created with', async () => {
    const id = await active(`${how}-3`);

    const { data } = await service.query(END(how), { id, key: `${how}-3` });

    expect(data[name]).toMatchObject({ userErrors: [], entityOnboardingSession: { id, status: 'EXPIRED' } });
  });

  it('is refused for the same key with another session', async () => {
    const [one, other] = [await active(), await active()];
    await service.query(END(how), { id: one, key: `${how}-4` });

    const { data } = await service.query(END(how), { id: other, key: `${how}-4` });

    expect(data[name].userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('goes out under another key for another session, after the first was refused', async () => {
    const ids = [await active(), await active()] as const;
    await service.fault('increase', { match: path, status: 400, body: { type: 'invalid_operation_error' } });

    const refused = await service.query(END(how), { id: ids[0], key: `${how}-5` });
    const other = await service.query(END(how), { id: ids[1], key: `${how}-5` });

    expect(refused.data[name].userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
    expect(other.data[name]).toMatchObject({ userErrors: [], entityOnboardingSession: { id: ids[1] } });
    const requests = await service.requests('increase');
    const keys = ids.map(
      (id) => requests.find((request) => request.path.endsWith(`${id}${path}`))?.headers['idempotency-key'],
    );
    expect(keys).toEqual([expect.any(String), expect.any(String)]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('is refused when it is repeated without a key', async () => {
    const id = await active();
    await service.query(END(how), { id });

    const { data } = await service.query(END(how), { id });

    expect(data[name].userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
  });

  it('is refused for a key that is none', async () => {
    const { data } = await service.query(END(how), { id: 'x', key: '' });

    expect(data[name].userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'idempotencyKey'] },
    ]);
  });
});

describe('startOnboardingSession, once its session was completed', () => {
  it('answers its token and the session as it is now', async () => {
    const ask = /* GraphQL */ `
      mutation ($key: ID) {
        startOnboardingSession(input: { idempotencyKey: $key }) {
          sessionToken
          onboardingSession {
            id
            completedAt
          }
        }
      }
    `;
    const { data: first } = await service.query(ask, { key: 'start-completed' });
    const { sessionToken, onboardingSession } = first.startOnboardingSession;
    await service.query(COMPLETE, { id: onboardingSession.id });

    const { data } = await service.query(ask, { key: 'start-completed' });

    expect(data.startOnboardingSession).toEqual({
      sessionToken,
      onboardingSession: { id: onboardingSession.id, completedAt: expect.any(String) },
    });
  });
});

it('completes once, though the lease of the process that completes runs out by a jump of the clock', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-jump-'));
  const file = join(folder, 'onboarding.db');
  await using jumpy = await startService({
    databaseUrl: `sqlite:${file}`,
    encryptionKeys: [Buffer.alloc(32, 1)],
  });
  const { data } = await jumpy.query(START);
  const { id } = data.startOnboardingSession.onboardingSession;
  await jumpy.fault('incode', { match: '/omni/finish-status', delayMs: 1_000 });
  const completions = async () =>
    (await jumpy.requests('incode')).filter(({ path }) => path === '/omni/finish-status').length;

  const first = jumpy.query(COMPLETE, { id });
  await expect.poll(completions).toBe(1);
  using database = new DatabaseSync(file);
  database.exec('UPDATE process SET alive_until = alive_until - 3600000');
  const second = await jumpy.query(COMPLETE, { id });

  expect(second).toEqual(await first);
  expect(await completions()).toBe(1);
  rmSync(folder, { recursive: true });
});

it('says that it sent nothing when the time is up before the store could record it, and sends nothing later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-held-'));
  const file = join(folder, 'onboarding.db');
  const hasty = await startService({
    databaseUrl: `sqlite:${file}`,
    encryptionKeys: [Buffer.alloc(32, 1)],
    operationTimeoutMs: 300,
  });
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE'); // a process that was stopped while it wrote

  const late = await hasty.query(START, { key: 'late' });
  other.exec('ROLLBACK');
  other.close();
  const again = await hasty.query(START, { key: 'late' });
  const requests = await hasty.requests('incode');
  await hasty.stop();
  rmSync(folder, { recursive: true });

  expect(late.errors).toMatchObject([
    { message: expect.stringMatching(/so this request sent nothing\. Repeat it later, with the same/) },
  ]);
  expect(again.data.startOnboardingSession).toMatchObject({ sessionToken: expect.any(String) });
  expect(requests.map(({ path }) => path)).toEqual(['/omni/start']);
});
