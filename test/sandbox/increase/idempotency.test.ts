import { describe, expect, it } from 'vitest';
import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import { increase, newSession, sessionNumber } from '../support/increase.ts';
import { send } from '../support/send.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();

const create = async (key: string, more: Record<string, unknown> = {}) =>
  increase(sandbox(), 'POST /entity_onboarding_sessions', {
    headers: { 'idempotency-key': key },
    body: { ...newSession, ...more },
  });
const expire = async (number: number, key: string) =>
  increase(sandbox(), `POST /entity_onboarding_sessions/${sessionNumber(number)}/expire`, {
    headers: { 'idempotency-key': key },
  });

describe('an idempotency key', () => {
  it('is shown by the session that was created under it', async () => {
    const { body, headers } = await create('key-1');

    expect(body.idempotency_key).toBe('key-1');
    expect(headers.get('idempotent-replayed')).toBeNull();
  });

  it('leads to the original session again, whatever the order of the arguments', async () => {
    const original = await create('key-1');
    const replayed = await increase(sandbox(), 'POST /entity_onboarding_sessions', {
      headers: { 'idempotency-key': 'key-1' },
      body: { redirect_url: newSession.redirect_url, program_id: newSession.program_id },
    });

    expect(replayed.body).toEqual(original.body);
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
    const counters = await send(sandbox().increase.url, 'GET /_counters');
    expect(counters.body).toMatchObject({
      requests: { 'POST /entity_onboarding_sessions': 2 },
      carriedOut: { create: 1 },
    });
  });

  it('is refused for other arguments, with the session that has it', async () => {
    const original = await create('key-1');
    const other = await create('key-1', { redirect_url: 'https://example.com/elsewhere' });

    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({
      type: 'idempotency_key_already_used_error',
      resource_id: original.body.id,
    });
  });

  it('is refused for another operation', async () => {
    const original = await create('key-1');
    const other = await expire(1, 'key-1');

    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({
      type: 'idempotency_key_already_used_error',
      resource_id: original.body.id,
    });
  });

  it('makes it safe to expire and to submit again', async () => {
    const headers = { 'idempotency-key': 'key-2' };
    const path = `/simulations/entity_onboarding_sessions/${sessionNumber(2)}/submit`;
    const answers = [
      await expire(1, 'key-1'),
      await expire(1, 'key-1'),
      await increase(sandbox(), `POST ${path}`, { headers }),
      await increase(sandbox(), `POST ${path}`, { headers }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map((answer) => answer.headers.get('idempotent-replayed'))).toEqual([
      null,
      'true',
      null,
      'true',
    ]);
    expect(answers[3]?.body).toEqual(answers[2]?.body);
  });

  it('is not used up by a refusal', async () => {
    const refused = await create('key-1', { program_id: 'program_unknown' });
    const accepted = await create('key-1');

    expect(refused.status).toBe(404);
    expect(accepted.status).toBe(200);
  });

  it('is replayed for a seeded session too', async () => {
    const seed = sandboxIncrease.sessions[2];
    const { status, body } = await create('sandbox-idempotency-key-3', { redirect_url: seed?.redirectUrl });

    expect({ status, id: body.id }).toEqual({ status: 200, id: seed?.id });
  });

  it('has 200 characters at most', async () => {
    const fits = await create('k'.repeat(200));
    const tooLong = await create('k'.repeat(201));
    const onExpire = await expire(1, 'k'.repeat(201));

    expect(fits.status).toBe(200);
    expect(tooLong).toMatchObject({ status: 400, body: { type: 'invalid_parameters_error' } });
    expect(onExpire).toMatchObject({ status: 400, body: { type: 'invalid_parameters_error' } });
  });
});
