import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EffectName, EffectState } from '../../src/onboarding/effect.ts';
import { openStore } from '../../src/store/store.ts';
import { startService, type Service } from '../support/service.ts';

// What a version recorded that made fingerprints of what it sent, with its defaults put in: a Flow and a client that are no
// longer the defaults. The fingerprints were made by that version, under the key of 32 times 1.

const encryptionKeys = [Buffer.alloc(32, 1)];
const session = {
  id: 'session-of-then',
  configurationId: 'flow-of-then',
  externalCustomerId: 'customer-1',
  createdAt: new Date(0),
  completion: null,
};
const onboard = {
  id: 'onboard-of-then',
  clientId: 'client-of-then',
  customerId: 'customer-1',
  productGroupId: 'group',
  triggerId: 'trigger',
  clientMessageTag: null,
  message: 'Accepted',
  mobileAnalysisResults: [],
  createdAt: new Date(0),
};
const FINGERPRINTS = {
  start: '02d25eca535dbe42.L5QhO_3xQ3zwn0eTuSuscmXqpup1xcLXVHeKul_C2U4',
  startInShort: '02d25eca535dbe42.Llj7QxArgHpsiq5oLUOb3UvvVyYflJ6Ng0W6KafhGCM',
  /** Of a version for which an empty list was a word. */
  startWithEmpty: '02d25eca535dbe42.BFe6UcHLEuT5mkafIEEw-fI6TD4CbxNO1LYEQtiwwlM',
  onboard: '02d25eca535dbe42.i2Cz4kR14kQJUapQqwsshPGb5aXVhdwmrH1YoEQpbd4',
  create: '02d25eca535dbe42.6iuOR4wO6y2PPyB3h3FEhrrY7Z-owkCLVadMcVsmqEE',
};
const START = {
  redirectionUrl: 'https://example.com/done',
  language: 'en-US',
  externalCustomerId: 'customer-1',
  countryCode: 'ALL',
  customFields: [
    { name: 'plan', value: 'gold' },
    { name: 'branch', value: '7' },
  ],
};
const ONBOARD = {
  productGroupId: 'group',
  triggerId: 'trigger',
  inputParameters: [
    { name: 'plan', value: 'gold' },
    { name: 'input_branch', value: '7' },
  ],
  customer: {
    id: 'customer-1',
    lastName: 'Doe',
    firstName: 'Jo',
    ext: [{ name: 'since', value: '2020' }],
    notificationChannels: [{ channelAddress: '15555550100', consentType: 'WRITTEN' }],
    addresses: [{ city: 'X', country: 'US' }],
  },
};
const CREATE = {
  redirectUrl: 'https://example.com/done',
  programId: 'program_sandbox000000000001',
  customerId: 'customer-1',
};

const folder = mkdtempSync(join(tmpdir(), 'onboarding-earlier-'));
const databaseUrl = `sqlite:${join(folder, 'onboarding.db')}`;
let service: Service;

type Recorded = Pick<EffectName, 'operation' | 'key'> & {
  readonly fingerprint: string;
  readonly state: Exclude<EffectState, 'PENDING'>;
  readonly request?: unknown;
  readonly result?: unknown;
};

const RECORDED: readonly Recorded[] = [
  {
    operation: 'startOnboardingSession',
    key: 'started',
    fingerprint: FINGERPRINTS.start,
    state: 'SUCCEEDED',
    result: { session, token: 'token-of-then' },
  },
  {
    operation: 'startOnboardingSession',
    key: 'started in short',
    fingerprint: FINGERPRINTS.startInShort,
    state: 'SUCCEEDED',
    result: { session, token: 'token-of-then' },
  },
  {
    operation: 'startOnboardingSession',
    key: 'started with an empty list',
    fingerprint: FINGERPRINTS.startWithEmpty,
    state: 'SUCCEEDED',
    result: { session, token: 'token-of-then' },
  },
  {
    operation: 'startOnboardingSession',
    key: 'start in doubt',
    fingerprint: FINGERPRINTS.start,
    state: 'UNKNOWN',
  },
  {
    operation: 'onboardCustomer',
    key: 'onboarded',
    fingerprint: FINGERPRINTS.onboard,
    state: 'SUCCEEDED',
    result: onboard,
  },
  {
    operation: 'onboardCustomer',
    key: 'onboarding in doubt',
    fingerprint: FINGERPRINTS.onboard,
    state: 'UNKNOWN',
  },
  {
    operation: 'createEntityOnboardingSession',
    key: 'creation in doubt',
    fingerprint: FINGERPRINTS.create,
    state: 'UNKNOWN',
    request: CREATE,
  },
];

beforeAll(async () => {
  const store = await openStore({ databaseUrl, encryptionKeys });
  for (const { operation, key, fingerprint, state, request, result } of RECORDED) {
    const name = { operation, caller: '', key };
    const { effect } = await store.effectStore.begin(name, { fingerprint, request });
    await store.effectStore.settle(effect, { state, result });
  }
  await store.close();
  service = await startService({ databaseUrl, encryptionKeys });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const start = (input: object) =>
  service.query(
    `mutation ($input: StartOnboardingSessionInput!) {
      startOnboardingSession(input: $input) {
        sessionToken onboardingSession { id configurationId } userErrors { code message }
      }
    }`,
    { input },
  );
const onboarding = (input: object) =>
  service.query(
    `mutation ($input: OnboardCustomerInput!) {
      onboardCustomer(input: $input) { customerOnboard { id clientId } userErrors { code message } }
    }`,
    { input },
  );

describe('what an earlier version recorded, with defaults that have changed since', () => {
  it.each([
    ['as then', START],
    ['with the default of then spelt out', { ...START, configurationId: 'flow-of-then' }],
  ])('answers the session and its token when it is asked %s', async (_how, input) => {
    const { data } = await start({ ...input, idempotencyKey: 'started' });

    expect(data.startOnboardingSession).toEqual({
      sessionToken: 'token-of-then',
      onboardingSession: { id: 'session-of-then', configurationId: 'flow-of-then' },
      userErrors: [],
    });
  });

  it('is known again where names were normalised', async () => {
    const { data } = await start({ countryCode: 'us', idempotencyKey: 'started in short' });

    expect(data.startOnboardingSession).toMatchObject({ sessionToken: 'token-of-then', userErrors: [] });
  });

  it('is known again where it was asked for with an empty list', async () => {
    const { data } = await start({
      externalCustomerId: 'customer-1',
      customFields: [],
      idempotencyKey: 'started with an empty list',
    });

    expect(data.startOnboardingSession).toMatchObject({ sessionToken: 'token-of-then', userErrors: [] });
  });

  it('answers an onboarding with its nested words', async () => {
    const { data } = await onboarding({ ...ONBOARD, idempotencyKey: 'onboarded' });

    expect(data.onboardCustomer).toEqual({
      customerOnboard: { id: 'onboard-of-then', clientId: 'client-of-then' },
      userErrors: [],
    });
  });

  it('is refused with other words', async () => {
    const started = await start({ ...START, configurationId: 'another', idempotencyKey: 'started' });
    const onboarded = await onboarding({ ...ONBOARD, triggerId: 'another', idempotencyKey: 'onboarded' });

    expect(started.data.startOnboardingSession.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
    expect(onboarded.data.onboardCustomer.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('is a doubt where it was one, whatever it is asked with', async () => {
    const answers = [
      await start({ ...START, idempotencyKey: 'start in doubt' }),
      await start({ externalCustomerId: 'another', idempotencyKey: 'start in doubt' }),
      await onboarding({ ...ONBOARD, idempotencyKey: 'onboarding in doubt' }),
      await onboarding({ ...ONBOARD, triggerId: 'another', idempotencyKey: 'onboarding in doubt' }),
    ];

    for (const { data } of answers) {
      const [{ userErrors }] = Object.values<{ userErrors: unknown }>(data) as [{ userErrors: unknown }];
      expect(userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    }
  });

  it('is found out where that can be', async () => {
    const { data } = await service.query(
      `mutation ($input: CreateEntityOnboardingSessionInput!) {
        createEntityOnboardingSession(input: $input) { entityOnboardingSession { status } userErrors { code } }
      }`,
      { input: { ...CREATE, idempotencyKey: 'creation in doubt' } },
    );

    expect(data.createEntityOnboardingSession).toEqual({
      entityOnboardingSession: { status: 'ACTIVE' },
      userErrors: [],
    });
  });

  it('sends nothing to Incode or Relay in all of this', async () => {
    const paths = [...(await service.requests('incode')), ...(await service.requests('relay'))].map(
      ({ path }) => path,
    );

    expect(paths).toEqual([]);
  });
});
