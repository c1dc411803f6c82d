import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { crmTypeDefs, startCrm } from '../support/crm.ts';
import { postOperation } from '../support/post-operation.ts';
import { startService, type Service } from '../support/service.ts';
import { apolloGateway, startGateway, typeDefs, type Gateway } from './support/gateways.ts';
import { INSTALL_TIMEOUT_MS, installed } from './support/installed.ts';

const SESSIONS = /* GraphQL */ `
  query ($customer: ID, $after: String) {
    onboardingSessions(filter: { externalCustomerId: $customer }) {
      nodes {
        externalCustomerId
      }
    }
    entityOnboardingSessions(first: 1) {
      nodes {
        id
      }
    }
    customerOnboards(after: $after) {
      nodes {
        id
      }
    }
    crmCustomers {
      email
    }
  }
`;
const OURS = SESSIONS.replace(/crmCustomers \{\s+email\s+\}/, '');
const FTV1 = { 'apollo-federation-include-trace': 'ftv1' };
/** A cursor that is none, and a customer who has a name. */
const variables = { customer: 'ada.lovelace@example.com', after: 'forged-cursor' };

let service: Service;
let gateway: Gateway;
const stack = new AsyncDisposableStack();
beforeAll(async () => {
  await installed();
  service = stack.use(await startService());
  const crm = stack.use(await startCrm([{ id: 'customer-1', email: 'ada@example.com' }]));
  gateway = stack.use(
    await startGateway(apolloGateway, [
      { name: 'onboarding', url: service.url, typeDefs },
      { name: 'crm', url: crm.url, typeDefs: crmTypeDefs },
    ]),
  );
  await service.query(
    'mutation ($customer: ID) { startOnboardingSession(input: { externalCustomerId: $customer }) { sessionToken } }',
    variables,
  );
}, INSTALL_TIMEOUT_MS);
afterAll(() => stack.disposeAsync());

/** An outage and a mistake of the caller in one operation. */
async function withAnOutage(ask: () => ReturnType<typeof postOperation>) {
  await service.fault('increase', { match: 'GET /entity_onboarding_sessions', status: 500, times: 3 });
  const answer = await ask();
  expect(answer.errors?.map(({ extensions }) => extensions['code']).toSorted()).toEqual([
    'BAD_USER_INPUT',
    'PROVIDER_UNAVAILABLE',
  ]);
  return answer;
}

const SECRETS = [
  /ada/,
  /lovelace/,
  /forged-cursor/,
  /64f1/,
  /not available/,
  /cursor/i,
  /entity_onboarding_session_/,
];

describe('tracing (ftv1)', () => {
  it('is answered to whoever asks for it, and to nobody else', async () => {
    const asked = await service.query(OURS, variables, FTV1);
    const notAsked = await service.query(OURS, variables);
    const askedOtherwise = await service.query(OURS, variables, {
      ...FTV1,
      'apollo-federation-include-trace': 'ftv2',
    });

    expect(asked.extensions).toEqual({ ftv1: expect.any(String) as string });
    expect(notAsked.extensions).toBeUndefined();
    expect(askedOtherwise.extensions).toBeUndefined();
  });

  it('holds the fields and no value, no argument and no message', async () => {
    const { extensions } = await withAnOutage(() => service.query(OURS, variables, FTV1));

    const trace = Buffer.from(String(extensions?.['ftv1']), 'base64').toString('latin1');
    expect(trace).toContain('entityOnboardingSessions');
    for (const secret of SECRETS) expect(trace).not.toMatch(secret);
  });

  it('reaches @apollo/gateway, which can read it', async () => {
    const { extensions } = await withAnOutage(() =>
      postOperation(gateway.url, SESSIONS, variables, { 'x-trace': 'yes' }),
    );

    const fetches = fetchesIn(extensions?.['queryPlanTrace']);
    expect(fetches.map(({ serviceName }) => serviceName).toSorted()).toEqual(['crm', 'onboarding']);
    for (const fetched of fetches) {
      expect(fetched).toMatchObject({
        traceParsingFailed: false,
        trace: { root: { child: expect.any(Array) as unknown[] } },
      });
    }
    const trace = JSON.stringify(extensions);
    expect(trace).toContain('"responseName":"onboardingSessions"');
    for (const secret of SECRETS) expect(trace).not.toMatch(secret);
  });

  it('is not asked for by @apollo/gateway unless it is told to', async () => {
    const { extensions } = await postOperation(gateway.url, SESSIONS, variables);

    expect(extensions).toBeUndefined();
  });
});

interface FetchTrace {
  readonly serviceName: string;
}

/** The fetches of a plan, wherever in it. */
function fetchesIn(node: unknown): FetchTrace[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('fetch' in node) return [node.fetch as FetchTrace];
  return Object.values(node).flatMap(fetchesIn);
}
