import { readFileSync } from 'node:fs';

import { providerName, type Provider } from '../../onboarding/provider.ts';

/** One ready tab of the playground. GraphiQL shows the operation's name as its title, so that is what the title is. */
export interface Tab {
  readonly title: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is known only once the service runs. */
export interface Run {
  /** Names this run of the service. */
  readonly id: string;
  /** The providers that the built-in sandbox stands in for. */
  readonly sandboxed: readonly Provider[];
}

const customerId = 'customer-1001';
const programId = 'program_sandbox000000000001';
const redirectUrl = 'https://example.com/done';

/**
 * A greeting, and one tab per operation of the graph in the order of a story: a person, a business, a customer, and
 * everything of that customer; and how the providers are. The variables name what the sandbox is started with, so that each tab runs as it is.
 */
export function tabsOf(run: Run): readonly Tab[] {
  return [
    welcome(run),
    ...aPerson(run),
    ...aBusiness(run),
    ...aCustomer(run),
    everything(),
    tab(['onboarding-providers'], {}),
  ];
}

/**
 * What the tabs say of this run alone, line by line: a browser that kept them puts it in place of an earlier run's.
 * The idempotency keys are among it, as the sandbox begins anew with each run, and a key that has done its work has not.
 */
export function wordsOf(run: Run): readonly string[] {
  return [run.id, ...whoAnswers(run)];
}

function welcome(run: Run): Tab {
  const { query, ...rest } = tab(['welcome'], { id: customerId });
  const lines = whoAnswers(run).map((line) => `# ${line}`);
  return { ...rest, query: query.replace('# {{whoAnswers}}', lines.join('\n')) };
}

function whoAnswers({ sandboxed }: Run): string[] {
  return Object.entries(providerName).map(([provider, name]) =>
    sandboxed.some((one) => one === provider)
      ? `- ${name}: the built-in sandbox`
      : `- ${name}: ${name} itself, with your API key`,
  );
}

function aPerson({ id: run }: Run): Tab[] {
  const id = '64f100000000000000000002';
  return [
    tab(['start-onboarding-session', 'onboarding-session-fields'], {
      input: {
        idempotencyKey: `start-${run}`,
        externalCustomerId: customerId,
        countryCode: 'ALL',
        language: 'en-US',
        redirectionUrl: redirectUrl,
        customFields: [{ name: 'plan', value: 'basic' }],
      },
    }),
    tab(['onboarding-session', 'onboarding-session-fields'], { id }),
    tab(['complete-onboarding-session', 'onboarding-session-fields'], {
      input: { idempotencyKey: `complete-${run}`, id },
    }),
    tab(['onboarding-sessions', 'onboarding-session-fields'], {
      first: 5,
      after: null,
      filter: { externalCustomerId: customerId },
    }),
  ];
}

function aBusiness({ id: run }: Run): Tab[] {
  const id = 'entity_onboarding_session_sandbox000000000002';
  const unused = 'entity_onboarding_session_sandbox000000000001';
  return [
    tab(['create-entity-onboarding-session', 'entity-onboarding-session-fields'], {
      input: { idempotencyKey: `create-${run}`, programId, redirectUrl, customerId },
    }),
    tab(['entity-onboarding-session', 'entity-onboarding-session-fields'], { id }),
    tab(['submit-entity-onboarding-session', 'entity-onboarding-session-fields'], {
      input: { idempotencyKey: `submit-${run}`, id },
    }),
    tab(['expire-entity-onboarding-session', 'entity-onboarding-session-fields'], {
      input: { idempotencyKey: `expire-${run}`, id: unused },
    }),
    tab(['entity-onboarding-sessions', 'entity-onboarding-session-fields'], {
      first: 5,
      after: null,
      filter: { statusIn: ['ACTIVE', 'EXPIRED'] },
    }),
  ];
}

function aCustomer({ id: run }: Run): Tab[] {
  return [
    tab(['onboard-customer', 'customer-onboard-fields'], { input: newOnboard(`onboard-${run}`) }),
    tab(['customer-onboard', 'customer-onboard-fields'], { id: '00000000-0000-4000-8000-000000000001' }),
    tab(['customer-onboards', 'customer-onboard-fields'], { first: 5, after: null, filter: { customerId } }),
  ];
}

function newOnboard(idempotencyKey: string) {
  return {
    idempotencyKey,
    productGroupId: 'sandbox-product-group',
    triggerId: 'sandbox-trigger',
    launchedBy: { name: 'Playground', source: 'graphiql' },
    inputParameters: [{ name: 'input_plan', value: 'basic' }],
    clientMessageTag: 'playground',
    customer: {
      id: customerId,
      firstName: 'Ada',
      lastName: 'Example',
      dateOfBirth: '1990-01-31',
      addresses: [
        {
          address1: '1 Example Street',
          city: 'Springfield',
          stateProvince: 'IL',
          postalCode: '62701',
          country: 'US',
        },
      ],
      // The sandbox finds this number to be a landline.
      notificationChannels: [{ channelType: 'SMS', channelAddress: '15555550100', consentType: 'EXPRESS' }],
    },
  };
}

function everything(): Tab {
  return tab(
    ['customer', 'onboarding-session-fields', 'entity-onboarding-session-fields', 'customer-onboard-fields'],
    { id: customerId, first: 3 },
  );
}

/** Joins an operation and the fragments that it spreads: the files of `tabs/`. */
function tab(files: readonly string[], variables: Tab['variables']): Tab {
  const query = files
    .map((name) => readFileSync(new URL(`tabs/${name}.graphql`, import.meta.url), 'utf8'))
    .join('\n');
  return { title: /^(?:query|mutation) (\w+)/m.exec(query)![1]!, query, variables };
}
