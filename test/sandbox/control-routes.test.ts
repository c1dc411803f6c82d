import { describe, expect, it } from 'vitest';
import { Recorder } from '../../src/sandbox/recorder.ts';
import { sandboxIncode } from '../../src/sandbox/seeds.ts';
import { increase, newSession, sessionNumber, type WirePage } from './support/increase.ts';
import { incode, startSession } from './support/incode.ts';
import { rootOf, send } from './support/send.ts';
import { useSandbox } from './support/use-sandbox.ts';

const sandbox = useSandbox();

describe('GET /', () => {
  it('says in words what each server is', async () => {
    const { incode: first, increase: second, relay } = sandbox();
    const answers = await Promise.all(
      [first, second, relay].map(async ({ url }) => send(rootOf(url), 'GET /')),
    );

    expect(answers.map(({ body }) => /sandbox of (\w+)/.exec(String(body))?.[1])).toEqual([
      'Incode',
      'Increase',
      'Relay',
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe('GET /_requests', () => {
  it('has what came in, in order, and of the headers only a few', async () => {
    const { token } = sandboxIncode.sessions[0];
    await incode(sandbox(), 'POST /omni/start?a=b', {
      body: { a: 1 },
      headers: { 'x-request-id': 'request-1' },
    });
    await incode(sandbox(), 'GET /omni/finish-status', { token });
    await incode(sandbox(), 'GET /unheard-of');

    const { body } = await send(sandbox().incode.url, 'GET /_requests');

    expect(body).toEqual([
      {
        method: 'POST',
        path: '/omni/start?a=b',
        headers: {
          'content-type': 'application/json',
          'x-request-id': 'request-1',
          'x-incode-hardware-id': false,
        },
        body: { a: 1 },
        status: 400,
      },
      {
        method: 'GET',
        path: '/omni/finish-status',
        headers: { 'x-incode-hardware-id': true },
        body: null,
        status: 200,
      },
      {
        method: 'GET',
        path: '/unheard-of',
        headers: { 'x-incode-hardware-id': false },
        body: null,
        status: 404,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(token);
  });

  it('has the idempotency key, and a form as an object', async () => {
    const { body: session } = await increase(sandbox(), 'POST /entity_onboarding_sessions', {
      headers: { 'idempotency-key': 'key-1' },
      body: newSession,
    });
    await fetch(session.session_url ?? '', {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ structure: 'trust' }),
    });

    const { body } = await send(sandbox().increase.url, 'GET /_requests');

    expect(body).toMatchObject([
      { headers: { 'idempotency-key': 'key-1' }, body: newSession, status: 200 },
      { body: { structure: 'trust' }, status: 303 },
    ]);
  });

  it('has the last ten thousand, while all are counted', () => {
    const recorder = new Recorder();
    for (let number = 1; number <= 20_500; number += 1) recorder.receive('GET', `/${number}`, '/:number', {});

    const requests = recorder.requests();

    expect(requests).toHaveLength(10_000);
    expect(requests[0]?.path).toBe('/10501');
    expect(requests.at(-1)?.path).toBe('/20500');
    expect(recorder.counts()).toEqual({ requests: { 'GET /:number': 20_500 }, total: 20_500 });
  });
});

describe('GET /_counters', () => {
  it('counts by the pattern of the route, refused requests too', async () => {
    await increase(sandbox(), `GET /entity_onboarding_sessions/${sessionNumber(1)}`);
    await increase(sandbox(), 'GET /entity_onboarding_sessions/unknown');
    await send(sandbox().increase.url, 'GET /entity_onboarding_sessions');
    await increase(sandbox(), 'GET /unheard-of');

    const { body } = await send(sandbox().increase.url, 'GET /_counters');

    expect(body).toEqual({
      requests: {
        'GET /entity_onboarding_sessions/:id': 2,
        'GET /entity_onboarding_sessions': 1,
        'GET (unknown route)': 1,
      },
      carriedOut: { create: 0, expire: 0, submit: 0 },
      total: 4,
    });
  });
});

describe('POST /_reset', () => {
  it('puts everything back to the seeds', async () => {
    const { url } = sandbox().increase;
    const created = await increase(sandbox(), 'POST /entity_onboarding_sessions', { body: newSession });
    await increase(sandbox(), `POST /entity_onboarding_sessions/${sessionNumber(1)}/expire`);
    await send(url, 'POST /_faults', { body: { status: 500 } });

    await send(url, 'POST /_reset');

    const counters = await send(url, 'GET /_counters');
    expect(counters.body).toEqual({
      requests: {},
      carriedOut: { create: 0, expire: 0, submit: 0 },
      total: 0,
    });
    const listed = await increase<WirePage>(sandbox(), 'GET /entity_onboarding_sessions');
    expect(listed.body.data).toHaveLength(25);
    expect(listed.body.data[0]).toMatchObject({ id: sessionNumber(1), status: 'active' });
    expect((await increase(sandbox(), `GET /entity_onboarding_sessions/${created.body.id}`)).status).toBe(
      404,
    );
  });

  it("makes Incode's earlier tokens unknown", async () => {
    const { token, interviewId } = await startSession(sandbox());
    await send(sandbox().incode.url, 'POST /_reset');

    expect((await incode(sandbox(), `GET /omni/get/score?id=${interviewId}`, { token })).status).toBe(401);
  });
});
