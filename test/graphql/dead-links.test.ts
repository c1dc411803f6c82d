import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
/** Of the customer's sessions, newest first. */
let ids: string[];
const isKnown = (id: string) => [3, 9].some((index) => ids[index] === id);
beforeAll(async () => {
  service = await startService();
  ids = (await createdFor('early', 14)).toReversed();
  for (const id of ids.filter((each) => !isKnown(each))) await forget(id);
});
afterAll(() => service.stop());

const CREATE = /* GraphQL */ `
  mutation ($input: CreateEntityOnboardingSessionInput!) {
    createEntityOnboardingSession(input: $input) {
      entityOnboardingSession {
        id
      }
    }
  }
`;

async function createdFor(customerId: string, count: number): Promise<string[]> {
  const created: string[] = [];
  for (let index = 0; index < count; index++) {
    const input = {
      programId: 'program_sandbox000000000001',
      redirectUrl: 'https://example.com',
      customerId,
    };
    const { data } = await service.query(CREATE, { input });
    created.push(data.createEntityOnboardingSession.entityOnboardingSession.id);
  }
  return created;
}

/** As after going live, with a database that a sandbox filled. */
async function forget(id: string): Promise<void> {
  await service.fault('increase', {
    match: `GET /entity_onboarding_sessions/${id}`,
    status: 404,
    body: { type: 'object_not_found_error', title: '', detail: null, status: 404 },
    times: 1_000,
  });
}

async function sessionsOf(id: string, page: { first?: number; after?: string | null }) {
  const { data, errors } = await service.query(
    /* GraphQL */ `
      query ($id: ID!, $first: Int, $after: String) {
        onboardingCustomer(id: $id) {
          entityOnboardingSessions(first: $first, after: $after) {
            nodes {
              id
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    `,
    { id, ...page },
  );
  return { ...data.onboardingCustomer.entityOnboardingSessions, errors };
}

describe('sessions that a customer is linked to and that Increase does not know', () => {
  it.each([1, 2, 3, 20])(
    'are left out of the list, whose pages go on behind them: first: %d',
    async (first) => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { nodes, pageInfo, errors } = await sessionsOf('early', { first, after });
        expect(errors).toBeUndefined();
        seen.push(...nodes.map(({ id }: { id: string }) => id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);

      // Those of one millisecond stand in the order of their ids.
      expect(seen.toSorted()).toEqual(ids.filter(isKnown).toSorted());
    },
  );

  it('leave an empty list where there is no other', async () => {
    const [id = ''] = await createdFor('gone', 1);
    await forget(id);

    expect(await sessionsOf('gone', { first: 5 })).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it('are told in the log, each once, however often they are met', async () => {
    await sessionsOf('early', {});
    await sessionsOf('early', {});

    const told = service
      .log()
      .split('\n')
      .filter((line) => line.includes('Increase does not know a session'))
      .map((line) => JSON.parse(line) as { level: number; sessionId: string });
    expect(told.map(({ sessionId }) => sessionId)).toEqual(
      expect.arrayContaining(ids.filter((id) => !isKnown(id))),
    );
    expect(new Set(told.map(({ sessionId }) => sessionId)).size).toBe(told.length);
    expect(told.every(({ level }) => level === 40)).toBe(true);
    expect(service.log()).not.toContain('A field failed');
  });
});
