import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { crmTypeDefs, startCrm } from '../support/crm.ts';
import { postOperation } from '../support/post-operation.ts';
import { startService, type Service } from '../support/service.ts';
import { apolloGateway, hiveGateway, startGateway, typeDefs, type GatewayKind } from './support/gateways.ts';
import { INSTALL_TIMEOUT_MS, installed } from './support/installed.ts';

const START = /* GraphQL */ `
  mutation ($customer: ID) {
    startOnboardingSession(input: { externalCustomerId: $customer }) {
      sessionToken
      onboardingSession {
        id
        status
        customer {
          id
          email
        }
      }
      userErrors {
        code
      }
    }
  }
`;

const EVERYTHING = /* GraphQL */ `
  {
    crmCustomers {
      email
      lastOnboardingSession {
        id
        status
      }
      customerOnboards {
        nodes {
          id
        }
      }
    }
    onboardingSessions {
      nodes {
        id
      }
    }
    entityOnboardingSessions(first: 1) {
      nodes {
        id
      }
    }
  }
`;

/** The service and a CRM, and a gateway over both of them. */
async function startGraph(kind: GatewayKind) {
  const stack = new AsyncDisposableStack();
  const service = stack.use(await startService());
  const started = await service.query(START.replace('email', '__typename'), { customer: 'customer-1' });
  const sessionId: string = started.data.startOnboardingSession.onboardingSession.id;
  const crm = stack.use(
    await startCrm([
      { id: 'customer-1', email: 'ada@example.com', lastOnboardingSession: sessionId },
      { id: 'customer-2', email: 'grace@example.com' },
    ]),
  );
  const gateway = stack.use(
    await startGateway(kind, [
      { name: 'onboarding', url: service.url, typeDefs },
      { name: 'crm', url: crm.url, typeDefs: crmTypeDefs },
    ]),
  );
  return {
    service,
    sessionId,
    query: (query: string, variables = {}, headers = {}) =>
      postOperation(gateway.url, query, variables, headers),
    stop: () => stack.disposeAsync(),
  };
}

type Graph = Awaited<ReturnType<typeof startGraph>>;

beforeAll(installed, INSTALL_TIMEOUT_MS);

describe.each([apolloGateway, hiveGateway])('behind $name', (kind) => {
  let graph: Graph;
  let service: Service;
  beforeAll(async () => {
    graph = await startGraph(kind);
    ({ service } = graph);
  });
  afterAll(() => graph.stop());

  it("finds what we know of the CRM's customers", async () => {
    const { data, errors } = await graph.query(/* GraphQL */ `
      {
        crmCustomers {
          email
          onboardingSessions {
            nodes {
              id
              configurationId
            }
          }
          lastOnboardingSession {
            status
          }
        }
      }
    `);

    expect(errors).toBeUndefined();
    expect(data.crmCustomers).toEqual([
      {
        email: 'ada@example.com',
        onboardingSessions: {
          nodes: [{ id: graph.sessionId, configurationId: expect.any(String) as string }],
        },
        lastOnboardingSession: { status: expect.stringMatching(/^[A-Z_]+$/) as string },
      },
      { email: 'grace@example.com', onboardingSessions: { nodes: [] }, lastOnboardingSession: null },
    ]);
  });

  it('finds what the CRM knows of our customers, and what we know of theirs again', async () => {
    const { data, errors } = await graph.query(
      /* GraphQL */ `
        query ($id: ID!) {
          onboardingSession(id: $id) {
            customer {
              id
              email
              lastOnboardingSession {
                id
                createdAt
              }
            }
          }
        }
      `,
      { id: graph.sessionId },
    );

    expect(errors).toBeUndefined();
    expect(data.onboardingSession.customer).toEqual({
      id: 'customer-1',
      email: 'ada@example.com',
      lastOnboardingSession: { id: graph.sessionId, createdAt: expect.stringMatching(/Z$/) as string },
    });
  });

  it('carries out a mutation once, and finds what the CRM knows of what it made', async () => {
    const before = (await service.requests('incode')).length;

    const { data, errors } = await graph.query(START, { customer: 'customer-2' });

    expect(errors).toBeUndefined();
    expect(data.startOnboardingSession).toMatchObject({
      sessionToken: expect.stringMatching(/./) as string,
      onboardingSession: { customer: { id: 'customer-2', email: 'grace@example.com' } },
      userErrors: [],
    });
    const sent = (await service.requests('incode')).slice(before);
    expect(sent.filter(({ path }) => path.includes('/omni/start'))).toHaveLength(1);
  });

  it('answers the same user errors as we do', async () => {
    const refused = /* GraphQL */ `
      mutation {
        onboardCustomer(
          input: {
            productGroupId: "group"
            customer: {
              id: "customer-1"
              ssnLast4: "12345"
              notificationChannels: [{ channelAddress: "555-666-7777", consentType: WRITTEN }]
            }
          }
        ) {
          customerOnboard {
            id
          }
          userErrors {
            code
            field
            message
          }
        }
      }
    `;

    const answer = await graph.query(refused);

    expect(answer.data.onboardCustomer.userErrors).toHaveLength(2);
    expect(answer).toEqual(await service.query(refused));
  });

  it("keeps the code of what is the caller's fault, and the rest of the answer", async () => {
    const { data, errors } = await graph.query(
      '{ entityOnboardingSessions(first: 101) { nodes { id } } crmCustomers { email } }',
    );

    expect(data).toEqual({ entityOnboardingSessions: null, crmCustomers: expect.any(Array) as unknown[] });
    expect(errors).toMatchObject([
      { path: ['entityOnboardingSessions'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('keeps the code of an outage, and the data of whoever is up', async () => {
    await service.fault('increase', { match: 'GET /entity_onboarding_sessions', status: 500, times: 3 });

    const { data, errors } = await graph.query(EVERYTHING);

    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/Increase/i) as string,
        path: ['entityOnboardingSessions'],
        extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE' },
      },
    ]);
    expect(data).toMatchObject({
      crmCustomers: [{ email: 'ada@example.com', customerOnboards: { nodes: [] } }, {}],
      onboardingSessions: { nodes: [{}, {}] },
      entityOnboardingSessions: null,
    });
  });

  it('keeps the code of an outage within a customer of the CRM, and the rest of the customer', async () => {
    await service.fault('incode', { match: 'GET', status: 500, times: 3 });

    const { data, errors } = await graph.query(
      '{ crmCustomer(id: "customer-1") { email lastOnboardingSession { id configurationId status } } }',
    );

    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCODE' } }]);
    expect(data.crmCustomer).toEqual({
      email: 'ada@example.com',
      lastOnboardingSession: {
        id: graph.sessionId,
        configurationId: expect.any(String) as string,
        status: null,
      },
    });
  });
});
