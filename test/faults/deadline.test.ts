import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Behaviour } from './faulty-proxy.ts';
import { askedInTime } from './in-time.ts';
import { incodeCalls, increaseCalls, relayCalls, type ProviderCall } from './provider-calls.ts';
import { setStage, type Stage } from './stage.ts';
import { told } from './told.ts';

const LIMITS = { providerTimeoutMs: 4_000, operationTimeoutMs: 800 };
const calls = [...incodeCalls, ...increaseCalls, ...relayCalls];
const writes = calls.filter(({ kind }) => kind !== 'read');

const tooLate: Behaviour = async ({ response, carriedOut }) => {
  const { status, body } = await carriedOut();
  await delay(2 * LIMITS.operationTimeoutMs);
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

interface Scene extends Stage {
  readonly variables: object;
}

async function prepared({ provider, route, prepare }: ProviderCall): Promise<Scene> {
  const stage = await setStage(provider, LIMITS);
  const variables = await prepare((document, others) => stage.service.query(document, others));
  await stage.proxy.misbehave(route, tooLate);
  return { ...stage, variables };
}

async function asked({ document }: ProviderCall, { service, variables }: Scene) {
  const deadlineMs = LIMITS.operationTimeoutMs;
  const { answer, isInTime } = await askedInTime(service, { document, variables, deadlineMs });
  return { ...told(answer), isInTime };
}

describe('an answer that comes after the deadline', () => {
  const scenes = new Map<ProviderCall, Scene>();
  const first = new Map<ProviderCall, Awaited<ReturnType<typeof asked>>>();
  const sceneOf = (call: ProviderCall) => scenes.get(call)!;

  beforeAll(async () => {
    // Before the first is asked: a start keeps the machine busy, and the time is looked at.
    for (const call of calls) scenes.set(call, await prepared(call));
    await Promise.all(calls.map(async (call) => first.set(call, await asked(call, sceneOf(call)))));
  });
  afterAll(async () => {
    await Promise.all([...scenes.values()].map((scene) => scene[Symbol.asyncDispose]()));
  });

  it.each(calls)('$name is not waited for: PROVIDER_TIMEOUT', (call) => {
    const outcome = call.kind !== 'read' && { outcome: 'UNKNOWN' };

    expect(first.get(call)).toEqual({ code: 'PROVIDER_TIMEOUT', ...outcome, isInTime: true });
  });

  it.concurrent.each(writes)('$name is kept, and told to whoever repeats it', async (call) => {
    const scene = sceneOf(call);
    await scene.proxy.heal();

    await vi.waitFor(async () => expect((await asked(call, scene)).code).toBeNull(), 5_000);
    expect([scene.proxy.requests, await scene.carriedOut(call.counter)]).toEqual([1, 1]);
  });
});
