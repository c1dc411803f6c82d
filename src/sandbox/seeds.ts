/**
 * What each sandbox starts with: the keys that it accepts and the objects that exist from the first request on.
 * Constants alone; times are minutes before the first start. Every person and company here is invented.
 */

const incodeSessions = [
  {
    interviewId: '64f100000000000000000001',
    token: 'sandbox-incode-token-finished',
    externalCustomerId: 'customer-1001',
    status: 'ONBOARDING_FINISHED',
    score: 'OK',
  },
  {
    interviewId: '64f100000000000000000002',
    token: 'sandbox-incode-token-in-progress',
    externalCustomerId: 'customer-1001',
    status: 'ID_VALIDATION_FINISHED',
    score: null,
  },
  {
    interviewId: '64f100000000000000000003',
    token: 'sandbox-incode-token-rejected',
    externalCustomerId: 'customer-1002',
    status: 'MANUAL_REVIEW_REJECTED',
    score: 'FAIL',
  },
  {
    interviewId: '64f100000000000000000004',
    token: 'sandbox-incode-token-expired',
    externalCustomerId: 'customer-1003',
    status: 'EXPIRED',
    score: null,
  },
] as const;

export const sandboxIncode = {
  apiKey: 'sandbox-incode-key',
  configurationId: '64f000000000000000000001',
  sessions: incodeSessions,
} as const;

const programId = 'program_sandbox000000000001';
const otherProgramId = 'program_sandbox000000000002';

const increasePrograms = [
  { id: programId, name: 'Commercial Banking', bank: 'first_internet_bank' },
  { id: otherProgramId, name: 'Consumer Wallets', bank: 'grasshopper_bank' },
] as const;

const increaseEntities = [
  {
    id: 'entity_sandbox00000000000001',
    structure: 'corporation',
    validationStatus: 'valid',
    creatingSessionId: 'entity_onboarding_session_sandbox000000000005',
    createdMinutesAgo: 20,
  },
  {
    id: 'entity_sandbox00000000000002',
    structure: 'natural_person',
    validationStatus: 'pending',
    creatingSessionId: 'entity_onboarding_session_sandbox000000000008',
    createdMinutesAgo: 35,
  },
  {
    id: 'entity_sandbox00000000000003',
    structure: 'trust',
    validationStatus: null,
    creatingSessionId: null,
    createdMinutesAgo: 60 * 24 * 30,
  },
] as const;

/** Sessions that were submitted, expired by hand or left until they ran out; the others are active. */
const expired: ReadonlySet<number> = new Set([5, 8, 11, 14, 17, 18, 19, 20, 21, 22, 23, 24, 25]);

/** The entity of a session: 5 and 8 created theirs, 4 and 11 were opened for one that existed. */
const entityOf: Readonly<Record<number, string>> = {
  4: increaseEntities[2].id,
  5: increaseEntities[0].id,
  8: increaseEntities[1].id,
  11: increaseEntities[2].id,
};

const idempotencyKeyOf: Readonly<Record<number, string>> = {
  3: 'sandbox-idempotency-key-3',
  14: 'sandbox-idempotency-key-14',
};

const increaseSessions = Array.from({ length: 25 }, (_, index) => {
  const number = index + 1;
  const customerId = `customer-${1000 + number}`;
  return {
    id: `entity_onboarding_session_sandbox${String(number).padStart(12, '0')}`,
    programId: number % 4 === 0 ? otherProgramId : programId,
    entityId: entityOf[number] ?? null,
    customerId,
    redirectUrl: `https://example.com/onboarding/done?customer=${customerId}`,
    idempotencyKey: idempotencyKeyOf[number] ?? null,
    status: expired.has(number) ? ('expired' as const) : ('active' as const),
    // The last ones are older than the six hours of a session's life.
    createdMinutesAgo: number < 19 ? number * 5 : number * 60,
  };
});

export const sandboxIncrease = {
  apiKey: 'sandbox-increase-key',
  /** May read; writing is answered with `insufficient_permissions_error`. */
  restrictedApiKey: 'sandbox-increase-key-restricted',
  programId,
  programs: increasePrograms,
  entities: increaseEntities,
  sessions: increaseSessions,
} as const;

export const sandboxRelay = {
  apiKey: 'sandbox-relay-key',
  clientId: 'sandbox-client',
  productGroupId: 'sandbox-product-group',
  triggerId: 'sandbox-trigger',
  /** The ccids that Relay knows from the start. */
  customers: ['customer-1001', 'customer-1002'],
} as const;
