import { describe, expect, it } from 'vitest';
import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import { increase, newSession, sessionNumber, type WirePage } from '../support/increase.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();
const seeded = sandboxIncrease.sessions.map(({ id }) => id);

const list = async (query: string) =>
  increase<WirePage>(sandbox(), `GET /entity_onboarding_sessions${query}`);

async function everyPage(query: string): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body }: { body: WirePage } = await list(`?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    pages.push(body.data.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  return pages;
}

describe('a list of sessions', () => {
  it('has all of them on one page, newest first', async () => {
    const { body } = await list('');

    expect(body.data.map(({ id }) => id)).toEqual(seeded);
    expect(body.next_cursor).toBeNull();
    const created = body.data.map(({ created_at }) => Date.parse(created_at));
    expect(created).toEqual(created.toSorted((one, other) => other - one));
  });

  it('comes in pages of any size, without a gap or a repetition', async () => {
    const pages = await everyPage('limit=10');

    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(seeded);
    expect(await everyPage('limit=25')).toEqual([seeded]);
    expect((await everyPage('limit=1')).flat()).toEqual(seeded);
  });

  it('goes on behind the same session when others are created in front', async () => {
    const first = await list('?limit=3');
    await increase(sandbox(), 'POST /entity_onboarding_sessions', { body: newSession });
    const second = await list(`?limit=3&cursor=${first.body.next_cursor}`);

    expect(second.body.data.map(({ id }) => id)).toEqual(seeded.slice(3, 6));
  });

  it('starts with the session that was created last', async () => {
    const { body } = await increase(sandbox(), 'POST /entity_onboarding_sessions', { body: newSession });
    const first = await list('?limit=1');

    expect(first.body.data).toEqual([body]);
  });

  it.for(['active', 'expired'] as const)('has only those that are %s', async (status) => {
    const pages = await everyPage(`limit=5&status.in=${status}`);

    const expected = sandboxIncrease.sessions.filter((session) => session.status === status);
    expect(pages.flat()).toEqual(expected.map(({ id }) => id));
    expect(expected.length).toBeGreaterThan(10);
  });

  it.for(['active,expired', 'active%2Cexpired'])('understands status.in=%s', async (statuses) => {
    const { body } = await list(`?status.in=${statuses}`);

    expect(body.data).toHaveLength(25);
  });

  it('finds the one with an idempotency key', async () => {
    const { body } = await list('?idempotency_key=sandbox-idempotency-key-14');
    const none = await list('?idempotency_key=sandbox-idempotency-key-14&status.in=active');

    expect(body.data.map(({ id }) => id)).toEqual([sessionNumber(14)]);
    expect(none.body).toEqual({ data: [], next_cursor: null });
  });

  it.for([
    '?limit=0',
    '?limit=101',
    '?limit=1.5',
    '?limit=ten',
    '?limit=',
    '?limit=1&limit=2',
    '?cursor=unknown',
    '?cursor=',
    `?cursor=${Buffer.from('entity_sandbox00000000000001').toString('base64url')}`,
    '?status.in=pending',
    '?status.in=',
    '?status.in=active,pending',
    '?status.in=active&status.in=expired',
    '?status[in]=active',
    '?status.in[]=active',
    '?status=active',
    '?idempotency_key=',
    `?idempotency_key=${'k'.repeat(201)}`,
    '?page=2',
  ])('refuses %s', async (query) => {
    const answer = await list(query);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      type: 'invalid_parameters_error',
      errors: [{ field: expect.any(String), message: expect.any(String) }],
    });
  });
});
