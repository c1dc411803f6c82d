import Increase, { IdempotencyKeyAlreadyUsedError } from 'increase';
import { beforeAll, describe, expect, it } from 'vitest';
import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import { newSession, sessionNumber } from '../support/increase.ts';
import { send } from '../support/send.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();
const seeded = sandboxIncrease.sessions.map(({ id }) => id);

let client: Increase;
beforeAll(() => {
  client = clientWith(sandboxIncrease.apiKey);
});

function clientWith(apiKey: string): Increase {
  return new Increase({ apiKey, baseURL: sandbox().increase.url, maxRetries: 0 });
}

async function failing(body: Record<string, unknown>): Promise<void> {
  await send(sandbox().increase.url, 'POST /_faults', { body: { status: body['status'], body } });
}

describe('the official client', () => {
  it('creates and retrieves', async () => {
    const created = await client.entityOnboardingSessions.create(newSession);
    const retrieved = await client.entityOnboardingSessions.retrieve(created.id);

    expect(created).toMatchObject({ status: 'active', type: 'entity_onboarding_session', entity_id: null });
    expect(retrieved).toEqual(created);
  });

  it('lists across pages by itself', async () => {
    const ids: string[] = [];
    for await (const { id } of client.entityOnboardingSessions.list({ limit: 4 })) ids.push(id);

    expect(ids).toEqual(seeded);
    const { body } = await send<{ total: number }>(sandbox().increase.url, 'GET /_counters');
    expect(body.total).toBe(7);
  });

  it('lists with a filter, across pages', async () => {
    const ids: string[] = [];
    const query = { limit: 5, status: { in: ['expired' as const] } };
    for await (const { id } of client.entityOnboardingSessions.list(query)) ids.push(id);
    const both = await client.entityOnboardingSessions.list({ status: { in: ['active', 'expired'] } });

    const expired = sandboxIncrease.sessions.filter(({ status }) => status === 'expired');
    expect(ids).toEqual(expired.map(({ id }) => id));
    expect(both.data).toHaveLength(25);
  });

  it('lists the one with an idempotency key', async () => {
    const page = await client.entityOnboardingSessions.list({ idempotency_key: 'sandbox-idempotency-key-3' });

    expect(page.data.map(({ id }) => id)).toEqual([sessionNumber(3)]);
    expect(page.hasNextPage()).toBe(false);
  });

  it('expires', async () => {
    const expired = await client.entityOnboardingSessions.expire(sessionNumber(1));

    expect(expired).toMatchObject({ id: sessionNumber(1), status: 'expired', session_url: null });
  });

  it('submits, and retrieves the entity and the program', async () => {
    const submitted = await client.simulations.entityOnboardingSessions.submit(sessionNumber(2));
    const entity = await client.entities.retrieve(submitted.entity_id ?? '');
    const program = await client.programs.retrieve(submitted.program_id);

    expect(submitted.status).toBe('expired');
    expect(entity).toMatchObject({
      creating_entity_onboarding_session_id: submitted.id,
      validation: { issues: [] },
    });
    expect(program.name).toBe('Commercial Banking');
  });

  it('lists entities and programs', async () => {
    const entities = await client.entities.list({ limit: 2 });
    const programs = await client.programs.list();

    expect(entities.data).toHaveLength(2);
    expect(entities.hasNextPage()).toBe(true);
    expect((await entities.getNextPage()).data).toHaveLength(1);
    expect(programs.data.map(({ id }) => id)).toContain(sandboxIncrease.programId);
  });

  it('is answered with the original session under the same key', async () => {
    const idempotencyKey = 'key-1';
    const original = await client.entityOnboardingSessions.create(newSession, { idempotencyKey });
    const { data, response } = await client.entityOnboardingSessions
      .create(newSession, { idempotencyKey })
      .withResponse();

    expect(data).toEqual(original);
    expect(response.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('finds its own session again after its connection was reset', async () => {
    await send(sandbox().increase.url, 'POST /_faults', { body: { drop: 'after' } });
    const retrying = client.withOptions({ maxRetries: 1 });

    const { data, response } = await retrying.entityOnboardingSessions.create(newSession).withResponse();

    expect(response.headers.get('Idempotent-Replayed')).toBe('true');
    const { body } = await send(sandbox().increase.url, 'GET /_counters');
    expect(body).toMatchObject({ carriedOut: { create: 1 }, total: 2 });
    expect((await client.entityOnboardingSessions.list({ limit: 1 })).data).toEqual([data]);
  });

  it('raises its typed error for a key that is used for other arguments', async () => {
    const idempotencyKey = 'key-1';
    const { id, program_id } = await client.entityOnboardingSessions.create(newSession, { idempotencyKey });
    const other = { program_id, redirect_url: 'https://example.com/elsewhere' };

    const error: unknown = await client.entityOnboardingSessions
      .create(other, { idempotencyKey })
      .catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(IdempotencyKeyAlreadyUsedError);
    expect(error).toMatchObject({ status: 409, resource_id: id });
  });
});

describe('the official client raises its typed error', () => {
  const errors = {
    InvalidParametersError: async () => client.entityOnboardingSessions.list({ limit: 101 }),
    MalformedRequestError: async () => client.post('/entity_onboarding_sessions', { body: [] }),
    InvalidAPIKeyError: async () => clientWith('wrong').entityOnboardingSessions.list(),
    EnvironmentMismatchError: async () => clientWith('production_key').entityOnboardingSessions.list(),
    InsufficientPermissionsError: async () =>
      clientWith(sandboxIncrease.restrictedApiKey).entityOnboardingSessions.create(newSession),
    PrivateFeatureError: async () => {
      await failing({ type: 'private_feature_error', title: 'Private', detail: null, status: 403 });
      return client.entityOnboardingSessions.list();
    },
    ObjectNotFoundError: async () => client.entityOnboardingSessions.retrieve('unknown'),
    APIMethodNotFoundError: async () => client.get('/unheard-of'),
    InvalidOperationError: async () => client.entityOnboardingSessions.expire(sessionNumber(5)),
    RateLimitedError: async () => {
      await failing({ type: 'rate_limited_error', title: 'Slow', detail: null, status: 429, retry_after: 3 });
      return client.entityOnboardingSessions.list();
    },
    InternalServerError: async () => {
      await failing({ type: 'internal_server_error', title: 'Broken', detail: null, status: 500 });
      return client.entityOnboardingSessions.list();
    },
  } as const;
  const names = Object.keys(errors) as (keyof typeof errors)[];

  it.for(names)('%s', async (name) => {
    const error: unknown = await errors[name]().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(Increase[name]);
    expect(error).toMatchObject({ title: expect.any(String), detail: null });
  });
});
