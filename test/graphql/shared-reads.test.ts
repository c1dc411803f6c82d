import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { startIssuer, type Issuer } from '../support/issuer.ts';
import { startService, type Service } from '../support/service.ts';

const SCOPES = 'onboarding:read onboarding:write';
/** So long the first read takes, while the others arrive. */
const SLOW = { match: 'GET /entity_onboarding_sessions/', delayMs: 1_000 };

let issuer: Issuer;
let service: Service;
let id: string;
let authorization: string;
beforeAll(async () => {
  issuer = await startIssuer();
  service = await startService({ access: issuer.config });
  authorization = `Bearer ${await issuer.token({ scope: SCOPES })}`;
});
afterAll(async () => {
  await service.stop();
  await issuer[Symbol.asyncDispose]();
});

beforeEach(async () => {
  const created = await service.query(
    `mutation {
      createEntityOnboardingSession(input: { programId: "program_sandbox000000000001", redirectUrl: "https://example.com/done" }) {
        entityOnboardingSession { id }
      }
    }`,
    {},
    { authorization },
  );
  ({ id } = created.data.createEntityOnboardingSession.entityOnboardingSession);
});

const QUERY = 'query ($id: ID!) { entityOnboardingSession(id: $id) { id status } }';

async function ask(token = authorization, signal: AbortSignal | null = null) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    body: JSON.stringify({ query: QUERY, variables: { id } }),
    signal,
  });
  return (await response.json()) as Awaited<ReturnType<Service['query']>>;
}

/** The reads of the session that Increase got. */
async function reads() {
  const requests = await service.requests('increase');
  return requests.filter(({ method, path }) => method === 'GET' && path.includes(id));
}

const isUnderWay = () => vi.waitFor(async () => expect(await reads()).toHaveLength(1));

describe('64 callers who ask for one session at the same moment', () => {
  it('cause one read, and all are answered', async () => {
    await service.fault('increase', SLOW);

    const answers = await Promise.all(Array.from({ length: 64 }, () => ask()));

    expect(new Set(answers.map(({ data }) => data.entityOnboardingSession.status))).toEqual(
      new Set(['ACTIVE']),
    );
    expect(await reads()).toHaveLength(1);
  });

  it('cause two where some may see more than the others', async () => {
    await service.fault('increase', { ...SLOW, times: 2 });
    const other = `Bearer ${await issuer.token({ scope: `${SCOPES} onboarding:contact` })}`;

    await Promise.all(Array.from({ length: 64 }, (_, index) => ask(index % 2 ? other : undefined)));

    expect(await reads()).toHaveLength(2);
  });

  it('are told of its failure each under their own request id, and the next read is another', async () => {
    await service.fault('increase', { ...SLOW, status: 403, body: {} });

    const answers = await Promise.all(Array.from({ length: 64 }, () => ask()));
    const told = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions));

    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['PROVIDER_UNAVAILABLE']));
    expect(new Set(told.map(({ requestId }) => requestId)).size).toBe(64);
    expect(await reads()).toHaveLength(1);
    expect((await ask()).errors).toBeUndefined();
    expect(await reads()).toHaveLength(2);
  });
});

describe('of two callers who wait for one read', () => {
  it('the one who began it may leave', async () => {
    await service.fault('increase', SLOW);
    const leaving = new AbortController();
    const first = ask(authorization, leaving.signal).catch((error: unknown) => (error as Error).name);
    await isUnderWay();

    const second = ask();
    await service.query('{ __typename }'); // which arrives after it
    leaving.abort();

    expect(await first).toBe('AbortError');
    expect((await second).data).toEqual({ entityOnboardingSession: { id, status: 'ACTIVE' } });
    expect(await reads()).toHaveLength(1);
  });

  it('both may leave, which ends it', async () => {
    await service.fault('increase', { ...SLOW, delayMs: 60_000 });
    const leaving = new AbortController();
    const gone = [1, 2].map(() =>
      ask(authorization, leaving.signal).catch((error: unknown) => (error as Error).name),
    );
    await isUnderWay();

    leaving.abort();

    expect(await Promise.all(gone)).toEqual(['AbortError', 'AbortError']);
    await vi.waitFor(() => expect(service.log().match(/"result":"CANCELLED"/g)).toHaveLength(1), 5_000);
    expect(await reads()).toHaveLength(1);
  });
});
