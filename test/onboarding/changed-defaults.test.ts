import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

const ONBOARD = /* GraphQL */ `
  mutation ($key: ID!, $client: ID) {
    onboardCustomer(
      input: {
        clientId: $client
        productGroupId: "sandbox-product-group"
        triggerId: "sandbox-trigger"
        idempotencyKey: $key
        customer: { id: "customer-1" }
      }
    ) {
      customerOnboard {
        id
        clientId
      }
      userErrors {
        code
        message
      }
    }
  }
`;
const START = /* GraphQL */ `
  mutation ($key: ID!) {
    startOnboardingSession(input: { externalCustomerId: "customer-1", idempotencyKey: $key }) {
      sessionToken
      onboardingSession {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`;

let folder: string;
let before: Service;
const running: Service[] = [];

async function serviceWith(overrides: Parameters<typeof startService>[0] = {}): Promise<Service> {
  const databaseUrl = `sqlite:${join(folder, 'onboarding.db')}`;
  const service = await startService({ databaseUrl, encryptionKeys: [Buffer.alloc(32, 1)], ...overrides });
  running.push(service);
  return service;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-defaults-'));
  before = await serviceWith();
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  rmSync(folder, { recursive: true });
});

const provider = { baseUrl: 'http://127.0.0.1:1', apiKey: 'unused' };
const after = (clientId: string | undefined, configurationId: string | undefined) =>
  serviceWith({
    relay: { ...provider, clientId },
    incode: { ...provider, configurationId },
  });

describe.each([
  ['changes', 'another'],
  ['is taken out', undefined],
])('the same call, after a default %s', (_what, standard) => {
  it('stays in doubt, and is never told to choose a new key for having other arguments', async () => {
    await before.fault('relay', { match: '/onboard', drop: 'after' });
    await before.query(ONBOARD, { key: 'doubt' });
    const service = await after(standard, standard);

    const { data } = await service.query(ONBOARD, { key: 'doubt' });

    expect(data.onboardCustomer.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
  });

  it('answers what it made', async () => {
    const onboarded = await before.query(ONBOARD, { key: 'done' });
    const started = await before.query(START, { key: 'done' });
    const service = await after(standard, standard);

    expect(await service.query(ONBOARD, { key: 'done' })).toEqual(onboarded);
    expect(await service.query(START, { key: 'done' })).toEqual(started);
    expect(started.data.startOnboardingSession.userErrors).toEqual([]);
  });

  it('answers what it made also when it spells the old default out', async () => {
    const { data: first } = await before.query(ONBOARD, { key: 'done' });
    const { clientId } = first.onboardCustomer.customerOnboard;
    const service = await after(standard, standard);

    const { data } = await service.query(ONBOARD, { key: 'done', client: clientId });

    expect(data).toEqual(first);
  });
});

it('what has no default is asked for', async () => {
  const service = await after(undefined, undefined);

  const onboarded = await service.query(ONBOARD, { key: 'new' });
  const started = await service.query(START, { key: 'new' });

  expect(onboarded.data.onboardCustomer.userErrors).toMatchObject([
    { code: 'INVALID_INPUT', message: expect.stringContaining('RELAY_CLIENT_ID') },
  ]);
  expect(started.data.startOnboardingSession.userErrors).toMatchObject([
    { code: 'INVALID_INPUT', message: expect.stringContaining('INCODE_CONFIGURATION_ID') },
  ]);
});

it('another call under a key in doubt is told of the doubt first', async () => {
  await before.fault('relay', { match: '/onboard', drop: 'after' });
  await before.query(ONBOARD, { key: 'doubt' });

  const { data } = await before.query(ONBOARD, { key: 'doubt', client: 'another' });

  expect(data.onboardCustomer.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
});

it('another call under a key that is under way is told of that first', async () => {
  await before.fault('relay', { match: '/onboard', delayMs: 3_000 });
  const first = before.query(ONBOARD, { key: 'slow' });
  await expect.poll(async () => (await before.requests('relay')).length).toBe(1);

  const { data } = await before.query(ONBOARD, { key: 'slow', client: 'another' });

  expect(data.onboardCustomer.userErrors).toMatchObject([{ code: 'IN_PROGRESS' }]);
  expect((await first).data.onboardCustomer.userErrors).toEqual([]);
});
