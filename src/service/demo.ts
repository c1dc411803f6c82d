import { sandboxIncode, sandboxIncrease, sandboxRelay } from '../sandbox/seeds.ts';
import type { DemoRecords } from '../store/demo-records.ts';

const MINUTE_MS = 60_000;

/**
 * Our records of what the sandbox starts with, so that lists and the playground's tabs have something to show at once.
 * A provider that is real knows nothing of them, so that theirs are taken out.
 */
export function demoRecords(
  sandboxed: { incode: boolean; increase: boolean; relay: boolean },
  now = Date.now(),
): DemoRecords {
  const sessions = demoSessions(now);
  const onboards = demoOnboards(now);
  const links = demoLinks(now);
  return {
    ids: [...sessions.map(({ session }) => session.id), ...onboards.map(({ id }) => id)],
    sessions: sandboxed.incode ? sessions : [],
    onboards: sandboxed.relay ? onboards : [],
    links: sandboxed.increase ? links : [],
    deadLinks: sandboxed.increase ? [] : links,
  };
}

function demoSessions(now: number): DemoRecords['sessions'] {
  return sandboxIncode.sessions.map(({ interviewId, token, externalCustomerId, score }, index) => ({
    token,
    session: {
      id: interviewId,
      configurationId: sandboxIncode.configurationId,
      externalCustomerId,
      createdAt: new Date(now - (index + 2) * 10 * MINUTE_MS),
      completion:
        score === null
          ? null
          : {
              redirectionUrl: null,
              action: score === 'OK' ? 'approved' : 'rejected',
              completedAt: new Date(now - (index + 1) * 10 * MINUTE_MS),
            },
    },
  }));
}

function demoOnboards(now: number): DemoRecords['onboards'] {
  return sandboxRelay.customers.map((customerId, index) => ({
    id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
    clientId: sandboxRelay.clientId,
    customerId,
    productGroupId: sandboxRelay.productGroupId,
    triggerId: index === 0 ? sandboxRelay.triggerId : null,
    clientMessageTag: null,
    message: 'Accepted',
    mobileAnalysisResults: index === 0 ? [{ phoneNumber: '15555550100', result: 'landline' }] : [],
    createdAt: new Date(now - (index + 1) * 5 * MINUTE_MS),
  }));
}

function demoLinks(now: number): DemoRecords['links'] {
  return sandboxIncrease.sessions.map(({ id, customerId, createdMinutesAgo }) => ({
    customerId,
    sessionId: id,
    createdAt: new Date(now - createdMinutesAgo * MINUTE_MS),
  }));
}
