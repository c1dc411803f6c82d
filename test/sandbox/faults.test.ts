import { describe, expect, it } from 'vitest';
import { increase, newSession, type WirePage } from './support/increase.ts';
import { incode, startSession } from './support/incode.ts';
import { rootOf, send } from './support/send.ts';
import { sandboxIncrease } from '../../src/sandbox/seeds.ts';
import { useSandbox } from './support/use-sandbox.ts';

const sandbox = useSandbox();
const sessions = '/entity_onboarding_sessions';

const fault = async (body: unknown) =>
  send<{ message: string }>(sandbox().increase.url, 'POST /_faults', { body });
const create = async () => increase(sandbox(), `POST ${sessions}`, { body: newSession });
const list = async () => increase<WirePage>(sandbox(), `GET ${sessions}`);
/** Leaves when there is no answer in time. */
const createdWithin = async (ms: number) =>
  fetch(`${sandbox().increase.url}${sessions}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sandboxIncrease.apiKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(newSession),
    signal: AbortSignal.timeout(ms),
  });
const observed = async () => {
  const { url } = sandbox().increase;
  const requests = await send<unknown[]>(url, 'GET /_requests');
  const counters = await send<{ carriedOut: { create: number }; total: number }>(url, 'GET /_counters');
  return { ...counters.body, requests: requests.body };
};

describe('a fault', () => {
  it('answers once in place of the provider, and carries nothing out', async () => {
    await fault({ status: 503, body: { title: 'Away' }, headers: { 'retry-after': '7' } });

    const failed = await create();
    const succeeded = await create();

    expect({ status: failed.status, body: failed.body }).toEqual({ status: 503, body: { title: 'Away' } });
    expect(failed.headers.get('retry-after')).toBe('7');
    expect(succeeded.status).toBe(200);
    expect(await observed()).toMatchObject({
      requests: [{ status: 503, body: newSession }, { status: 200 }],
      carriedOut: { create: 1 },
    });
  });

  it('sends text as it is', async () => {
    await fault({ body: '<h1>Bad gateway</h1>', headers: { 'content-type': 'text/html' } });

    const answer = await list();

    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 200,
      body: '<h1>Bad gateway</h1>',
    });
    expect(answer.headers.get('content-type')).toBe('text/html');
  });

  it('comes before the credentials are looked at', async () => {
    await fault({ status: 502 });

    const answer = await send(sandbox().increase.url, `GET ${sessions}`);

    expect({ status: answer.status, body: answer.body }).toEqual({ status: 502, body: '' });
  });

  it('waits for the request that it matches, whatever the case', async () => {
    await fault({ match: 'post /ENTITY', status: 500 });

    const statuses = [(await list()).status, (await create()).status, (await create()).status];

    expect(statuses).toEqual([200, 500, 200]);
  });

  it('matches a part of the query', async () => {
    await fault({ match: 'limit=2', status: 500 });

    const other = await increase(sandbox(), `GET ${sessions}?limit=1`);
    const matched = await increase(sandbox(), `GET ${sessions}?limit=2`);

    expect([other.status, matched.status]).toEqual([200, 500]);
  });

  it('happens as often as it is to, and the next one after it', async () => {
    await fault({ times: 2, status: 500 });
    await fault({ status: 429 });

    const statuses = [await list(), await list(), await list(), await list()].map(({ status }) => status);

    expect(statuses).toEqual([500, 500, 429, 200]);
  });

  it('delays the true answer', async () => {
    await fault({ delayMs: 60 });

    const start = performance.now();
    const answer = await create();

    expect(performance.now() - start).toBeGreaterThan(55);
    expect(answer.status).toBe(200);
  });

  it('delays another answer', async () => {
    await fault({ delayMs: 60, status: 504 });

    const start = performance.now();
    const answer = await create();

    expect(performance.now() - start).toBeGreaterThan(55);
    expect(answer.status).toBe(504);
  });

  it('carries out before it delays the answer, so that a client that has left missed a success', async () => {
    await fault({ delayMs: 600, delay: 'after' });

    await expect(createdWithin(200)).rejects.toThrow('timeout');

    expect(await observed()).toMatchObject({ requests: [{ status: null }], carriedOut: { create: 1 } });
    expect((await list()).body.data).toHaveLength(26);
  });

  it('carries out after the delay alone, though the client has left before', async () => {
    await fault({ delayMs: 400 });

    await expect(createdWithin(100)).rejects.toThrow('timeout');

    expect(await observed()).toMatchObject({ carriedOut: { create: 0 } });
    await expect.poll(observed).toMatchObject({ carriedOut: { create: 1 } });
  });

  it('answers late what it has carried out, to whoever has the patience', async () => {
    await fault({ delayMs: 60, delay: 'after' });

    const start = performance.now();
    const answer = await create();

    expect(performance.now() - start).toBeGreaterThan(55);
    expect(answer.status).toBe(200);
  });

  it('is explained on the page of each provider', async () => {
    const servers = sandbox();
    const urls = [servers.incode.url, servers.increase.url, rootOf(servers.relay.url)];
    const pages = await Promise.all(urls.map(async (url) => send<string>(url, 'GET /')));

    for (const { body } of pages) {
      expect(body).toContain('waits, then carries out and answers, even for a client that has left');
      expect(body).toContain('{"delayMs": 5000, "delay": "after"}');
    }
  });

  it('resets the connection before anything is carried out', async () => {
    await fault({ drop: 'before' });

    await expect(create()).rejects.toThrow('fetch failed');

    expect(await observed()).toMatchObject({
      requests: [{ method: 'POST', body: newSession, status: null }],
      carriedOut: { create: 0 },
      total: 1,
    });
  });

  it('resets the connection after all was carried out', async () => {
    await fault({ drop: 'after' });

    await expect(create()).rejects.toThrow('fetch failed');

    expect(await observed()).toMatchObject({
      requests: [{ status: null }],
      carriedOut: { create: 1 },
      total: 1,
    });
    expect((await list()).body.data).toHaveLength(26);
  });

  it('resets with an error that says so', async () => {
    await fault({ drop: 'after' });

    const error: unknown = await create().catch((reason: unknown) => reason);

    expect(error).toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('can cost Incode a start whose answer nobody hears', async () => {
    await send(sandbox().incode.url, 'POST /_faults', { body: { match: '/omni/start', drop: 'after' } });

    await expect(startSession(sandbox())).rejects.toThrow('fetch failed');

    const counters = await send(sandbox().incode.url, 'GET /_counters');
    expect(counters.body).toMatchObject({ carriedOut: { start: 1 }, requests: { 'POST /omni/start': 1 } });
  });

  it('is a matter of one provider', async () => {
    await fault({ status: 500 });

    const answer = await incode(sandbox(), 'GET /omni/unheard-of');

    expect(answer.status).toBe(404);
  });
});

describe('the faults that wait', () => {
  it('are listed with the times that are left', async () => {
    await fault({ match: 'x', times: 3, status: 500 });
    await fault({ times: 2, drop: 'before' });
    await expect(list()).rejects.toThrow('fetch failed');

    const { body } = await send(sandbox().increase.url, 'GET /_faults');

    expect(body).toEqual([
      { match: 'x', times: 3, status: 500 },
      { times: 1, drop: 'before' },
    ]);
  });

  it('are cleared', async () => {
    await fault({ times: 100, status: 500 });
    await send(sandbox().increase.url, 'DELETE /_faults');

    expect((await list()).status).toBe(200);
  });

  it('leave the control routes alone', async () => {
    await fault({ times: 100, status: 500 });

    const answers = [
      await send(sandbox().increase.url, 'GET /_counters'),
      await send(rootOf(sandbox().relay.url), 'GET /_faults'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('something that is no fault', () => {
  it.for([
    ['garbage', { x: 'garbage', status: 500 }, /x/],
    ['nothing', {}, /needs a status, a body, a delayMs or a drop/],
    ['no object', [], /expected object/],
    ['broken JSON', '{"status', /not a fault/],
    ['no times', { times: 0, status: 500 }, /times: /],
    ['negative times', { times: -1, status: 500 }, /times: /],
    ['a status that is none', { status: 42 }, /status: /],
    ['an interim status', { status: 100 }, /status: /],
    ['a delay into the past', { delayMs: -1 }, /delayMs: /],
    ['a delay without its length', { delay: 'after', drop: 'after' }, /delay needs delayMs/],
    ['a late answer to nothing', { delayMs: 1, delay: 'after', status: 500 }, /something carried out/],
    ['a late reset of nothing', { delayMs: 1, delay: 'after', drop: 'before' }, /something carried out/],
    ['a drop at another time', { drop: 'during' }, /drop: /],
    ['a drop with an answer', { drop: 'after', status: 500 }, /dropped has no status/],
    ['headers alone', { headers: { a: 'b' }, delayMs: 1 }, /headers need a status/],
    ['headers that cannot be sent', { status: 500, headers: { 'a b': 'c' } }, /headers: /],
    ['an empty match', { match: '', status: 500 }, /match: /],
  ] as const)('is refused with a sentence: %s', async ([, body, sentence]) => {
    const answer = await fault(body);

    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(sentence);
    expect(answer.body.message).toMatch(/^This is not a fault: .+\.$/);
    expect((await list()).status).toBe(200);
  });
});
