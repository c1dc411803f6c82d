import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { GraphqlAnswer } from '../support/service.ts';
import { faults, type FaultName } from './faults.ts';
import { askedInTime } from './in-time.ts';
import type { ProviderCall } from './provider-calls.ts';
import { expectNoSecondTime } from './repeat.ts';
import { rightAnswers, type Right } from './right-answers.ts';
import { setStage, type Limits, type Stage } from './stage.ts';
import { told } from './told.ts';

/** Where the time is what is looked at, and where it is not: a busy machine is slow, too. */
const SHORT = { providerTimeoutMs: 300, operationTimeoutMs: 2_000 };
const LONG = { providerTimeoutMs: 5_000, operationTimeoutMs: 10_000 };

const SLOW: readonly FaultName[] = ['hangs before headers', 'hangs in the body', 'one byte at a time'];
const OTHERS = (Object.keys(faults) as FaultName[]).filter((name) => !SLOW.includes(name));

/** Each call of a provider on each kind of bad day. */
export function faultMatrix(calls: readonly ProviderCall[]): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  // Apart from each other: what hangs waits only, and is not to wait for what keeps the machine busy.
  describe('in time', () => {
    cells(calls, SLOW, SHORT);
  });
  describe.each(calls)('$name', (call) => {
    cells([call], OTHERS, LONG);
  });
}

function cells(calls: readonly ProviderCall[], names: readonly FaultName[], limits: Limits): void {
  for (const call of calls) {
    for (const fault of names) {
      const right = call.except?.[fault] ?? rightAnswers[fault][call.kind];
      it.concurrent(`${call.name}, ${fault}: ${inWords(right)}`, async () => {
        await using stage = await setStage(call.provider, limits);

        const { variables, isInTime, ...seen } = await playOut(stage, call, fault, limits);

        expect(told(seen.answer)).toEqual(toldOf(right));
        expectWithin(seen.requests, right.requests);
        expect(isInTime).toBe(true);
        if (right.retryAfterSeconds) expectWithin(secondsOf(seen.answer), right.retryAfterSeconds);
        if (call.kind !== 'read') await expectNoSecondTime(stage, call, variables, seen);
        await stage.service.stop();
        await vi.waitFor(() => expect(stage.proxy.sockets).toBe(0), 5_000);
      });
    }
  }
}

function inWords({ code, outcome, requests }: Right): string {
  const outcomes = outcome === 'EITHER' ? 'NOT_CARRIED_OUT or UNKNOWN' : outcome;
  const count = typeof requests === 'number' ? String(requests) : requests.join(' to ');
  return [code ?? 'answered', outcomes, `${count} ${count === '1' ? 'request' : 'requests'}`]
    .filter((word) => word !== undefined)
    .join(', ');
}

/** Asks once while the provider misbehaves. */
async function playOut(
  { service, proxy, carriedOut }: Stage,
  { prepare, route, document, counter }: ProviderCall,
  fault: FaultName,
  { operationTimeoutMs: deadlineMs }: Limits,
) {
  const variables = await prepare((text, others) => service.query(text, others));
  await proxy.misbehave(route, faults[fault]);
  const asked = await askedInTime(service, { document, variables, deadlineMs });
  return { ...asked, variables, requests: proxy.requests, carriedOut: await carriedOut(counter) };
}

function secondsOf({ errors }: GraphqlAnswer): unknown {
  return errors?.[0]?.extensions['retryAfterSeconds'];
}

const EITHER: unknown = expect.stringMatching(/^(NOT_CARRIED_OUT|UNKNOWN)$/);

function toldOf({ code, outcome }: Right) {
  return { code, ...(outcome && { outcome: outcome === 'EITHER' ? EITHER : outcome }) };
}

function expectWithin(value: unknown, bounds: number | readonly [number, number]): void {
  const [least, most] = typeof bounds === 'number' ? [bounds, bounds] : bounds;
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}
