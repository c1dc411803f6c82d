import { sandboxIncrease, sandboxRelay } from '../../src/sandbox/seeds.ts';
import type { Provider } from '../support/service.ts';
import type { ReceivedRequest } from './sandboxes.ts';
import type { ServiceProcess } from './service-process.ts';

/** Each by the name of its effect. Completing a session has one for the session, and another for a caller's key. */
export const MUTATIONS = [
  'startOnboardingSession',
  'completeOnboardingSession',
  'completeOnboardingSession/key',
  'createEntityOnboardingSession',
  'expireEntityOnboardingSession',
  'submitEntityOnboardingSession',
  'onboardCustomer',
] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** One thing to be done, which every process is asked for in the same words. */
export interface Task {
  readonly mutation: Mutation;
  /** Tells it from every other: part of its key, and of what the provider gets to see. */
  readonly name: string;
  /** The session that it is about, where there is one. */
  readonly sessionId?: string | undefined;
  /** Of the person whom it is about. */
  readonly phone: string;
}

/** What a mutation led to. */
// Each mutation's has a shape of its own.
// oxlint-disable-next-line typescript/no-explicit-any
type Result = Readonly<Record<string, any>>;

/** What a mutation answered: what it led to, or the code of the reason why it did not. */
export type Outcome = Result | string;

/** Personal data in the tasks, beside the phone numbers. */
export const PERSON = {
  firstName: 'Mariquita',
  middleName: 'Pilarica',
  lastName: 'Lopezsson',
  dateOfBirth: '1987-06-05',
  ssnLast4: '9753',
};

/** The last digits make it one that Relay's sandbox finds fault with, so that it is in the answer as well. */
export const phoneOf = (number: number) => `555${String(number).padStart(5, '0')}00`;

export const keyOf = ({ name }: Task) => `key-${name}`;

interface Words {
  readonly provider: Provider;
  /** What is asked for of the payload. */
  readonly selection: string;
  /** What is asked for of the thing that it led to. */
  readonly input: (task: Task) => object;
  /** Whether a request that the provider received is for this. */
  readonly isRequestOf: (request: ReceivedRequest, task: Task) => boolean;
  /** Whether it led to what it should. */
  readonly isDone: (result: Result, task: Task) => boolean;
}

const SESSION = 'entityOnboardingSession { id status sessionUrl redirectUrl createdAt }';
const end = (path: string): Words => ({
  provider: 'increase',
  selection: SESSION,
  input: ({ sessionId }) => ({ id: sessionId }),
  isRequestOf: ({ method, path: asked }, { sessionId = '' }) =>
    method === 'POST' && asked === path.replace(':id', sessionId),
  isDone: ({ entityOnboardingSession: session }, { sessionId }) =>
    session.id === sessionId && session.status === 'EXPIRED',
});

const complete = (input: Words['input']): Words => ({
  provider: 'incode',
  selection: 'onboardingSession { id completedAt action }',
  input,
  // Incode is told by the token alone which session it is, and the sandbox does not tell tokens: only one at a time.
  isRequestOf: ({ path, status }) => path === '/omni/finish-status' && status === null,
  isDone: ({ onboardingSession: { id, completedAt } }, { sessionId }) =>
    id === sessionId && completedAt !== null,
});

const WORDS: Record<Mutation, Words> = {
  startOnboardingSession: {
    provider: 'incode',
    selection: 'sessionToken onboardingSession { id externalCustomerId createdAt }',
    input: (task) => ({ externalCustomerId: task.name, idempotencyKey: keyOf(task) }),
    isRequestOf: ({ path, body }, { name }) => path === '/omni/start' && body?.externalCustomerId === name,
    isDone: ({ sessionToken, onboardingSession }, { name }) =>
      sessionToken.length > 20 && onboardingSession.externalCustomerId === name,
  },
  completeOnboardingSession: complete(({ sessionId }) => ({ id: sessionId })),
  'completeOnboardingSession/key': complete((task) => ({ id: task.sessionId, idempotencyKey: keyOf(task) })),
  createEntityOnboardingSession: {
    provider: 'increase',
    selection: SESSION,
    input: (task) => ({
      programId: sandboxIncrease.programId,
      redirectUrl: `https://example.com/done/${task.name}`,
      customerId: task.name,
      idempotencyKey: keyOf(task),
    }),
    isRequestOf: ({ method, headers }, task) =>
      method === 'POST' && headers['idempotency-key'] === keyOf(task),
    isDone: ({ entityOnboardingSession: session }, { name }) =>
      session.status === 'ACTIVE' && session.sessionUrl !== null && session.redirectUrl.endsWith(`/${name}`),
  },
  expireEntityOnboardingSession: end('/entity_onboarding_sessions/:id/expire'),
  submitEntityOnboardingSession: end('/simulations/entity_onboarding_sessions/:id/submit'),
  onboardCustomer: {
    provider: 'relay',
    selection:
      'customerOnboard { id clientMessageTag message createdAt mobileAnalysisResults { phoneNumber result } }',
    input: (task) => ({
      productGroupId: sandboxRelay.productGroupId,
      triggerId: sandboxRelay.triggerId,
      clientMessageTag: task.name,
      customer: {
        id: task.name,
        ...PERSON,
        notificationChannels: [{ channelAddress: task.phone, consentType: 'EXPRESS' }],
      },
      idempotencyKey: keyOf(task),
    }),
    isRequestOf: ({ body }, { name }) => body?.client_message_tag === name,
    isDone: ({ customerOnboard }, { name, phone }) =>
      customerOnboard.clientMessageTag === name &&
      customerOnboard.mobileAnalysisResults[0].phoneNumber === `1${phone}`,
  },
};

export const providerOf = ({ mutation }: Task): Provider => WORDS[mutation].provider;

export const isRequestOf = (request: ReceivedRequest, task: Task) =>
  WORDS[task.mutation].isRequestOf(request, task);

/** Whether a second call for it is known to be the same: by a key, or by the session that is completed. */
export const hasKey = ({ mutation }: Task) => !/^(expire|submit)/.test(mutation);

/** What is heard: `DONE` where it led to what it should, else the code of the reason. */
export function heard(outcome: Outcome, task: Task): string {
  if (typeof outcome === 'string') return outcome;
  return WORDS[task.mutation].isDone(outcome, task) ? 'DONE' : `not done: ${JSON.stringify(outcome)}`;
}

/** The id of what a mutation led to. */
export function idIn(outcome: Outcome): string {
  const { onboardingSession, entityOnboardingSession, customerOnboard } =
    typeof outcome === 'string' ? ({} as Result) : outcome;
  return (onboardingSession ?? entityOnboardingSession ?? customerOnboard).id as string;
}

/** @throws when the process dies before it has answered */
export async function ask(process: ServiceProcess, task: Task): Promise<Outcome> {
  const { mutation } = task;
  const [field = ''] = mutation.split('/');
  const { selection, input } = WORDS[mutation];
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
  const { data, errors } = await process.query(
    `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} userErrors { code } } }`,
    { input: input(task) },
  );
  const [error] = errors ?? [];
  if (error) return String(error.extensions['code']);
  const { userErrors, ...result } = data[field] as { userErrors: { code: string }[] };
  return userErrors[0]?.code ?? result;
}
