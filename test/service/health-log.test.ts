import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createLogger } from '../../src/log/logger.ts';
import { healthLog } from '../../src/service/health-log.ts';
import { startService, type Service } from '../support/service.ts';

const START = 'mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }';

describe("a route's bad day", () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('is told in the log when it begins and when it ends, and to callers with when to come back', async () => {
    await service.fault('incode', { match: '/omni/start', status: 500, times: 12 });
    const ask = () => service.query(START, {}, { 'x-request-id': 'request-of-mine-1' });
    for (let turn = 0; turn < 10; turn++) await ask();

    const warningsBefore = warningsIn(service.log());
    const { errors } = await ask();
    const warningsAfter = warningsIn(service.log());
    await expect
      .poll(async () => (await ask()).data.startOnboardingSession, { timeout: 5_000 })
      .not.toBeNull();

    expect(errors).toMatchObject([
      { extensions: { code: 'PROVIDER_UNAVAILABLE', outcome: 'NOT_CARRIED_OUT', retryAfterSeconds: 1 } },
    ]);
    // Who hears of it while it lasts is no news.
    expect(warningsAfter).toBe(warningsBefore);
    const about = { requestId: 'request-of-mine-1', provider: 'INCODE', route: 'POST /omni/start' };
    expect(changesIn(service.log())).toMatchObject([
      { ...about, level: 40, msg: 'A route of a provider fails, and is not asked until a probe succeeds' },
      {
        ...about,
        level: 30,
        msg: 'A route of a provider answers again',
        since: expect.any(String),
        forMs: expect.any(Number),
      },
    ]);
  });
});

/** Lines from info on that are about a provider's health. */
function changesIn(log: string) {
  return log
    .split('\n')
    .filter((line) => /"msg":"A (route|provider)/.test(line))
    .map((line) => JSON.parse(line) as { level: number })
    .filter(({ level }) => level >= 30);
}

function warningsIn(log: string): number {
  return log.split('\n').filter((line) => line.startsWith('{"level":40')).length;
}

describe('the log of a health', () => {
  let lines: { level: number; msg: string; until?: string }[];
  let clock: number;
  const of = () =>
    healthLog(
      createLogger({
        level: 'info',
        secrets: [],
        destination: { write: (line: string) => lines.push(JSON.parse(line)) },
      }),
      () => null,
      () => clock,
    )('RELAY');
  beforeEach(() => {
    lines = [];
    clock = Date.parse('2026-11-21T13:00:00Z');
  });

  it('is silent of probes that fail', () => {
    const { circuit } = of();

    circuit(null, 'OPEN');
    for (let turn = 0; turn < 100; turn++) {
      circuit(null, 'HALF_OPEN');
      circuit(null, 'OPEN');
    }
    clock += 60_000;
    circuit(null, 'CLOSED');

    expect(lines).toMatchObject([
      { level: 40, msg: 'A provider fails, and is not asked until a probe succeeds' },
      { level: 30, msg: 'A provider answers again', since: '2026-11-21T13:00:00.000Z', forMs: 60_000 },
    ]);
  });

  it('tells a throttle once, however often it begins anew', () => {
    const { throttled } = of();

    for (let turn = 0; turn < 10; turn++) {
      throttled(1_000);
      clock += 1_000;
    }
    clock += 60_000;
    throttled(1_000);

    expect(lines.map(({ until }) => until)).toEqual(['2026-11-21T13:00:01.000Z', '2026-11-21T13:01:11.000Z']);
  });
});
