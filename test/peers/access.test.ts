import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { crmTypeDefs, startCrm } from '../support/crm.ts';
import { startIssuer, type TokenOptions } from '../support/issuer.ts';
import { postOperation } from '../support/post-operation.ts';
import { startService } from '../support/service.ts';
import { hiveGateway, startGateway, typeDefs } from './support/gateways.ts';
import { INSTALL_TIMEOUT_MS, installed } from './support/installed.ts';

const BOTH = /* GraphQL */ `
  {
    crmCustomer(id: "customer-1") {
      email
      onboardingSessions {
        nodes {
          id
        }
      }
    }
    entityOnboardingSessions(first: 1, filter: { statusIn: [ACTIVE] }) {
      nodes {
        id
        sessionUrl
      }
    }
  }
`;

/** The service with access on, and a CRM for everybody, behind Hive Gateway. */
async function startGraph() {
  const stack = new AsyncDisposableStack();
  const issuer = stack.use(await startIssuer());
  const service = stack.use(await startService({ access: issuer.config }));
  const crm = stack.use(await startCrm([{ id: 'customer-1', email: 'ada@example.com' }]));
  const gateway = stack.use(
    await startGateway(hiveGateway, [
      { name: 'onboarding', url: service.url, typeDefs },
      { name: 'crm', url: crm.url, typeDefs: crmTypeDefs },
    ]),
  );
  return {
    query: async (token?: TokenOptions) =>
      postOperation(
        gateway.url,
        BOTH,
        {},
        token ? { authorization: `Bearer ${await issuer.token(token)}` } : {},
      ),
    stop: () => stack.disposeAsync(),
  };
}

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  await installed();
  graph = await startGraph();
}, INSTALL_TIMEOUT_MS);
afterAll(() => graph.stop());

const codesByPath = (errors: { path?: unknown; extensions: Record<string, unknown> }[] | undefined) =>
  errors?.map(({ path, extensions }) => [path, extensions['code']]);

describe('behind a gateway, with access on', () => {
  it('a token that may read secrets is answered all', async () => {
    const { data, errors } = await graph.query({ scope: 'onboarding:read onboarding:secrets' });

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      crmCustomer: { email: 'ada@example.com', onboardingSessions: { nodes: [] } },
      entityOnboardingSessions: { nodes: [{ sessionUrl: expect.stringMatching(/^http/) as string }] },
    });
  });

  it('a token that lacks a scope is told so with our code, and answered the rest', async () => {
    const { data, errors } = await graph.query({ scope: 'onboarding:read' });

    expect(codesByPath(errors)).toEqual([
      [['entityOnboardingSessions', 'nodes', 0, 'sessionUrl'], 'FORBIDDEN'],
    ]);
    expect(data).toMatchObject({
      crmCustomer: { email: 'ada@example.com', onboardingSessions: { nodes: [] } },
      entityOnboardingSessions: { nodes: [{ sessionUrl: null }] },
    });
  });

  it('nobody is answered what the CRM knows, and nothing of ours', async () => {
    const { data, errors } = await graph.query();

    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(
      expect.arrayContaining(['UNAUTHENTICATED']),
    );
    expect(data).toEqual({
      crmCustomer: { email: 'ada@example.com', onboardingSessions: null },
      entityOnboardingSessions: null,
    });
  });

  it("a customer's own token reaches nothing of another's", async () => {
    const { data, errors } = await graph.query({
      scope: 'onboarding:read onboarding:secrets',
      claims: { customer_id: 'customer-2' },
    });

    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    expect(data).toEqual({
      crmCustomer: { email: 'ada@example.com', onboardingSessions: null },
      entityOnboardingSessions: { nodes: [] },
    });
  });
});
