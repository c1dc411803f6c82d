import { readFileSync } from 'node:fs';

/** One ready tab of the playground. GraphiQL shows the operation's name as its title, so that is what the title is. */
export interface Tab {
  readonly title: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const customerId = 'customer-1001';
const redirectUrl = 'https://example.com/done';

/**
 * One tab per operation of the graph, provider by provider, and one that goes across them.
 * The variables name what the sandbox is started with, so that each tab runs as it is.
 */
export const tabs: readonly Tab[] = [
  // Incode
  tab(['onboarding-sessions', 'onboarding-session-fields'], {
    first: 5,
    after: null,
    filter: { externalCustomerId: customerId },
  }),
  tab(['onboarding-session', 'onboarding-session-fields'], { id: '64f100000000000000000001' }),
  tab(['start-onboarding-session', 'onboarding-session-fields'], {
    input: {
      externalCustomerId: customerId,
      countryCode: 'ALL',
      language: 'en-US',
      redirectionUrl: redirectUrl,
      customFields: [{ name: 'plan', value: 'basic' }],
    },
  }),
  tab(['complete-onboarding-session', 'onboarding-session-fields'], {
    input: { id: '64f100000000000000000002' },
  }),

  // Increase
  tab(['entity-onboarding-sessions', 'entity-onboarding-session-fields'], {
    first: 5,
    after: null,
    filter: { statusIn: ['ACTIVE', 'EXPIRED'] },
  }),
  tab(['entity-onboarding-session', 'entity-onboarding-session-fields'], {
    id: 'entity_onboarding_session_sandbox000000000005', // submitted: it has an Entity
  }),
  tab(['create-entity-onboarding-session', 'entity-onboarding-session-fields'], {
    input: { programId: 'program_sandbox000000000001', redirectUrl, customerId },
  }),
  tab(['submit-entity-onboarding-session', 'entity-onboarding-session-fields'], {
    input: { id: 'entity_onboarding_session_sandbox000000000002' },
  }),
  tab(['expire-entity-onboarding-session', 'entity-onboarding-session-fields'], {
    input: { id: 'entity_onboarding_session_sandbox000000000001' },
  }),

  // Relay
  tab(['customer-onboards', 'customer-onboard-fields'], { first: 5, after: null, filter: { customerId } }),
  tab(['customer-onboard', 'customer-onboard-fields'], { id: '00000000-0000-4000-8000-000000000001' }),
  tab(['onboard-customer', 'customer-onboard-fields'], {
    input: {
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
    },
  }),

  // All three
  tab(
    ['customer', 'onboarding-session-fields', 'entity-onboarding-session-fields', 'customer-onboard-fields'],
    { id: customerId, first: 3 },
  ),
];

/** Joins an operation and the fragments that it spreads: the files of `tabs/`. */
function tab(files: readonly string[], variables: Tab['variables']): Tab {
  const query = files
    .map((name) => readFileSync(new URL(`tabs/${name}.graphql`, import.meta.url), 'utf8'))
    .join('\n');
  return { title: /^(?:query|mutation) (\w+)/m.exec(query)![1]!, query, variables };
}
