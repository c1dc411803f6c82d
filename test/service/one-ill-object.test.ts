import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

const FOR_EVER = { status: 500, times: 1_000_000 };
const LIST = '{ entityOnboardingSessions(first: 3) { nodes { id program { name } } } }';
const CREATE = `mutation { createEntityOnboardingSession(
  input: { programId: "program_sandbox000000000001", redirectUrl: "https://example.com" }
) { entityOnboardingSession { id } } }`;
const START = 'mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }';
const READ = 'query ($id: ID!) { onboardingSession(id: $id) { status score { value } } }';
const FORM = 'query ($id: ID!) { entityOnboardingSession(id: $id) { status } }';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

/** How many of so many answers have what was asked for. */
async function answered(
  times: number,
  ask: () => Promise<GraphqlAnswer>,
  has: (data: GraphqlAnswer['data']) => unknown,
) {
  let count = 0;
  for (let turn = 0; turn < times; turn++) if (has((await ask()).data)) count++;
  return count;
}

describe('one object that always fails', () => {
  it('takes away neither the list that mentions it nor what is created', async () => {
    await service.fault('increase', { ...FOR_EVER, match: 'GET /programs/' });

    const lists = await answered(
      100,
      () => service.query(LIST),
      (data) => data.entityOnboardingSessions,
    );
    const creates = await answered(
      100,
      () => service.query(CREATE),
      (data) => data.createEntityOnboardingSession?.entityOnboardingSession,
    );

    expect({ lists, creates }).toEqual({ lists: 100, creates: 100 });
  });

  it('takes away no other: neither new sessions, nor the reads of others', async () => {
    const { data: first } = await service.query(START);
    const { data: second } = await service.query(START);
    const { id } = first.startOnboardingSession.onboardingSession;
    const { id: other } = second.startOnboardingSession.onboardingSession;
    await service.fault('incode', { ...FOR_EVER, match: id });

    const ill = await answered(
      30,
      () => service.query(READ, { id }),
      (data) => data.onboardingSession.status,
    );
    const starts = await answered(
      100,
      () => service.query(START),
      (data) => data.startOnboardingSession?.onboardingSession,
    );
    const others = await answered(
      20,
      () => service.query(READ, { id: other }),
      (data) => data.onboardingSession.status,
    );

    expect({ ill, starts, others }).toEqual({ ill: 0, starts: 100, others: 20 });
  });

  it('is not held against another of its kind', async () => {
    const [id, other] = [1, 2].map((number) => `entity_onboarding_session_sandbox00000000000${number}`);
    await service.fault('increase', { ...FOR_EVER, match: `GET /entity_onboarding_sessions/${id}` });

    const ill = await answered(
      30,
      () => service.query(FORM, { id }),
      (data) => data.entityOnboardingSession,
    );
    const others = await answered(
      20,
      () => service.query(FORM, { id: other }),
      (data) => data.entityOnboardingSession,
    );

    expect({ ill, others }).toEqual({ ill: 0, others: 20 });
  });
});
