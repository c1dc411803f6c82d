import { afterEach, describe, expect, it, vi } from 'vitest';
import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import { increase, newSession, sessionNumber } from '../support/increase.ts';
import { send } from '../support/send.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();
const hour = 60 * 60 * 1000;

afterEach(() => {
  vi.useRealTimers();
});

describe('a new session', () => {
  it('has the ten fields of Increase', async () => {
    const { status, body } = await increase(sandbox(), 'POST /entity_onboarding_sessions', {
      body: newSession,
    });

    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^entity_onboarding_session_[a-z0-9]{20}$/),
      type: 'entity_onboarding_session',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      expires_at: expect.any(String),
      program_id: newSession.program_id,
      entity_id: null,
      redirect_url: newSession.redirect_url,
      session_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/hosted\/[\w-]{32}$/),
      status: 'active',
      idempotency_key: null,
    });
    expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBe(6 * hour);
  });

  it('keeps the redirect_url exactly as it was given', async () => {
    const redirect_url = 'https://EXAMPLE.com?a=%20b';
    const { body } = await increase(sandbox(), 'POST /entity_onboarding_sessions', {
      body: { ...newSession, redirect_url },
    });

    expect(body).toMatchObject({ redirect_url });
  });

  it('has the entity that it was opened for', async () => {
    const entity_id = sandboxIncrease.entities[0].id;
    const { body } = await increase(sandbox(), 'POST /entity_onboarding_sessions', {
      body: { ...newSession, entity_id },
    });

    expect(body.entity_id).toBe(entity_id);
  });

  it('can be retrieved', async () => {
    const created = await increase(sandbox(), 'POST /entity_onboarding_sessions', { body: newSession });
    const retrieved = await increase(sandbox(), `GET /entity_onboarding_sessions/${created.body.id}`);

    expect(retrieved.body).toEqual(created.body);
  });

  it('expires by itself after six hours', async () => {
    const { body } = await increase(sandbox(), 'POST /entity_onboarding_sessions', { body: newSession });

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * hour });
    const later = await increase(sandbox(), `GET /entity_onboarding_sessions/${body.id}`);
    const expire = await increase(sandbox(), `POST /entity_onboarding_sessions/${body.id}/expire`);

    expect(later.body).toMatchObject({ status: 'expired', session_url: null });
    expect(expire).toMatchObject({ status: 409, body: { type: 'invalid_operation_error' } });
  });
});

describe('ending a session', () => {
  it('expires it once', async () => {
    const path = `/entity_onboarding_sessions/${sessionNumber(1)}`;
    const expired = await increase(sandbox(), `POST ${path}/expire`);
    const again = await increase(sandbox(), `POST ${path}/expire`);

    expect(expired).toMatchObject({
      status: 200,
      body: { status: 'expired', session_url: null, entity_id: null },
    });
    expect(again).toMatchObject({ status: 409, body: { type: 'invalid_operation_error' } });
    expect((await increase(sandbox(), `GET ${path}`)).body).toEqual(expired.body);
  });

  it('creates an entity when it is submitted', async () => {
    const id = sessionNumber(2);
    const submitted = await increase(sandbox(), `POST /simulations/entity_onboarding_sessions/${id}/submit`);

    expect(submitted).toMatchObject({ status: 200, body: { status: 'expired', session_url: null } });
    const entity = await increase<unknown>(sandbox(), `GET /entities/${submitted.body.entity_id}`);
    expect(entity).toMatchObject({
      status: 200,
      body: { type: 'entity', status: 'active', creating_entity_onboarding_session_id: id },
    });
  });

  it('creates no entity where the session was opened for one', async () => {
    const { id } = sandboxIncrease.entities[2];
    const submitted = await increase(
      sandbox(),
      `POST /simulations/entity_onboarding_sessions/${sessionNumber(4)}/submit`,
    );

    expect(submitted.body).toMatchObject({ status: 'expired', entity_id: id });
    const entity = await increase<unknown>(sandbox(), `GET /entities/${id}`);
    expect(entity.body).toMatchObject({ creating_entity_onboarding_session_id: null });
  });

  it('is counted once, and not where it is refused', async () => {
    await increase(sandbox(), `POST /entity_onboarding_sessions/${sessionNumber(1)}/expire`);
    await increase(sandbox(), `POST /entity_onboarding_sessions/${sessionNumber(1)}/expire`);
    await increase(sandbox(), `POST /simulations/entity_onboarding_sessions/${sessionNumber(2)}/submit`);

    const { body } = await send(sandbox().increase.url, 'GET /_counters');
    expect(body).toEqual({
      requests: {
        'POST /entity_onboarding_sessions/:id/expire': 2,
        'POST /simulations/entity_onboarding_sessions/:id/submit': 1,
      },
      carriedOut: { create: 0, expire: 1, submit: 1 },
      total: 3,
    });
  });
});

describe('entities and programs', () => {
  it('are retrieved by id, an entity with its personal data', async () => {
    const [corporation, person, trust] = await Promise.all(
      sandboxIncrease.entities.map(async ({ id }) => increase<unknown>(sandbox(), `GET /entities/${id}`)),
    );
    const program = await increase<unknown>(sandbox(), `GET /programs/${sandboxIncrease.programId}`);

    expect(corporation?.body).toMatchObject({
      structure: 'corporation',
      validation: { status: 'valid', issues: [] },
      creating_entity_onboarding_session_id: sessionNumber(5),
      corporation: { legal_identifier: { value: '602214076' } },
      natural_person: null,
    });
    expect(person?.body).toMatchObject({
      structure: 'natural_person',
      natural_person: { date_of_birth: '1970-01-31' },
    });
    expect(trust?.body).toMatchObject({
      structure: 'trust',
      trust: { category: 'revocable' },
      validation: null,
    });
    expect(program.body).toMatchObject({
      type: 'program',
      name: 'Commercial Banking',
      bank: 'first_internet_bank',
    });
  });

  it('are listed in pages, newest first', async () => {
    const first = await increase<{ data: { id: string }[]; next_cursor: string }>(
      sandbox(),
      'GET /entities?limit=2',
    );
    const second = await increase(sandbox(), `GET /entities?limit=2&cursor=${first.body.next_cursor}`);
    const programs = await increase(sandbox(), 'GET /programs');

    const ids = sandboxIncrease.entities.map(({ id }) => id);
    expect(first.body.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(second.body).toMatchObject({ data: [{ id: ids[2] }], next_cursor: null });
    expect(programs.body).toMatchObject({
      data: [{ type: 'program' }, { type: 'program' }],
      next_cursor: null,
    });
  });
});
