import { sandboxIncrease } from '../../src/sandbox/seeds.ts';
import type { GraphqlAnswer, Provider } from '../support/service.ts';
import type { FaultName } from './faults.ts';
import type { Route } from './faulty-proxy.ts';
import type { Kind, Right } from './right-answers.ts';
import { bareThrottle } from './right-answers.ts';

type Query = (document: string, variables?: object) => Promise<GraphqlAnswer>;

/** One thing that the service asks a provider for. Each operation has one field, under the alias `it`. */
export interface ProviderCall {
  readonly name: string;
  readonly provider: Provider;
  readonly kind: Kind;
  readonly route: Route;
  readonly document: string;
  /** What has to be there before, while the provider is well. */
  prepare(query: Query): Promise<object>;
  /** What the sandbox calls it where it counts what was carried out. */
  readonly counter?: string;
  /** Of a write: how it can be found out what became of it, where it can. */
  readonly reconciled?: 'BY_KEY' | 'BY_READING';
  /** Where something else is right than of its kind. */
  readonly except?: Partial<Record<FaultName, Right>>;
}

const [{ id: programId }] = sandboxIncrease.programs;
const sessionId = 'entity_onboarding_session_sandbox000000000001';
const idempotencyKey = 'the-key';
const nothing = async () => ({});

const START = `
  mutation ($input: StartOnboardingSessionInput!) {
    it: startOnboardingSession(input: $input) { onboardingSession { id } userErrors { code } }
  }`;

async function startedSession(query: Query): Promise<string> {
  const { data } = await query(START, { input: {} });
  return data.it.onboardingSession.id;
}

export const incodeCalls: readonly ProviderCall[] = [
  {
    name: 'Incode status',
    provider: 'incode',
    kind: 'read',
    route: { method: 'GET', path: /^\/omni\/get\/onboarding\/status\?/ },
    document: 'query ($id: ID!) { it: onboardingSession(id: $id) { status } }',
    prepare: async (query) => ({ id: await startedSession(query) }),
    except: { '429 with a hint in the body': bareThrottle.read },
  },
  {
    name: 'Incode start',
    provider: 'incode',
    kind: 'once',
    route: { method: 'POST', path: /^\/omni\/start$/ },
    document: START,
    prepare: async () => ({ input: { idempotencyKey } }),
    counter: 'start',
    except: { '429 with a hint in the body': bareThrottle.once },
  },
  {
    name: 'Incode complete',
    provider: 'incode',
    kind: 'once',
    route: { method: 'GET', path: /^\/omni\/finish-status$/ },
    document: `
      mutation ($input: CompleteOnboardingSessionInput!) {
        it: completeOnboardingSession(input: $input) { onboardingSession { id } userErrors { code } }
      }`,
    prepare: async (query) => ({ input: { idempotencyKey, id: await startedSession(query) } }),
    counter: 'finish',
    reconciled: 'BY_READING',
    except: {
      '429 with a hint in the body': bareThrottle.once,
      // That it was answered is the yes; where to go on, and what is advised, may both be absent.
      'every field missing': { code: null, requests: 1 },
    },
  },
];

export const increaseCalls: readonly ProviderCall[] = [
  {
    name: 'Increase get',
    provider: 'increase',
    kind: 'read',
    route: { method: 'GET', path: /^\/entity_onboarding_sessions\/\w+$/ },
    document: `query { it: entityOnboardingSession(id: "${sessionId}") { id status } }`,
    prepare: nothing,
  },
  {
    name: 'Increase list',
    provider: 'increase',
    kind: 'read',
    route: { method: 'GET', path: /^\/entity_onboarding_sessions\?/ },
    document: 'query { it: entityOnboardingSessions(first: 5) { nodes { id status } } }',
    prepare: nothing,
  },
  {
    name: 'Increase create',
    provider: 'increase',
    kind: 'keyed',
    route: { method: 'POST', path: /^\/entity_onboarding_sessions$/ },
    document: `
      mutation ($input: CreateEntityOnboardingSessionInput!) {
        it: createEntityOnboardingSession(input: $input) { entityOnboardingSession { id } userErrors { code } }
      }`,
    prepare: async () => ({
      input: { idempotencyKey, programId, redirectUrl: 'https://example.com/done' },
    }),
    counter: 'create',
    reconciled: 'BY_KEY',
  },
  {
    name: 'Increase expire',
    provider: 'increase',
    kind: 'keyed',
    route: { method: 'POST', path: /^\/entity_onboarding_sessions\/\w+\/expire$/ },
    document: `
      mutation ($input: ExpireEntityOnboardingSessionInput!) {
        it: expireEntityOnboardingSession(input: $input) { entityOnboardingSession { id } userErrors { code } }
      }`,
    prepare: async () => ({ input: { idempotencyKey, id: sessionId } }),
    counter: 'expire',
    reconciled: 'BY_READING',
  },
];

export const relayCalls: readonly ProviderCall[] = [
  {
    name: 'Relay onboard',
    provider: 'relay',
    kind: 'once',
    route: { method: 'POST', path: /\/onboard$/ },
    document: `
      mutation ($input: OnboardCustomerInput!) {
        it: onboardCustomer(input: $input) { customerOnboard { id } userErrors { code } }
      }`,
    prepare: async () => ({
      input: {
        idempotencyKey,
        productGroupId: 'sandbox-product-group',
        triggerId: 'sandbox-trigger',
        customer: {
          id: 'customer-9',
          notificationChannels: [{ channelAddress: '5556667777', consentType: 'WRITTEN' }],
        },
      },
    }),
    counter: 'sms',
    except: { '429 with a hint in the body': bareThrottle.once },
  },
];
