import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from './support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** One person with every personal field of Relay, each recognisable. */
const person = {
  id: 'customer-77',
  secondaryAccountId: 'second-4711',
  firstName: 'Mariquita',
  middleName: 'Pilarica',
  lastName: 'Lopezsson',
  dateOfBirth: '1987-06-05',
  ssnLast4: '9753',
  gender: 'Q',
  addresses: [
    {
      address1: '17 Hidden Alley',
      address2: 'Backyard',
      city: 'Springfieldia',
      stateProvince: 'NY',
      postalCode: '10987',
      country: 'USA',
    },
  ],
  notificationChannels: [{ channelAddress: '5557654300', consentType: 'EXPRESS', phoneType: 'cellphoney' }],
  ext: [{ name: 'member_since', value: 'nineteen-ninety' }],
};
const PERSONAL = [
  'second-4711',
  'Mariquita',
  'Pilarica',
  'Lopezsson',
  '1987-06-05',
  '9753',
  'Hidden Alley',
  'Backyard',
  'Springfieldia',
  '10987',
  '5557654300',
  'cellphoney',
  'nineteen-ninety',
];

const ONBOARD = /* GraphQL */ `
  mutation Onboard($input: OnboardCustomerInput!) {
    onboardCustomer(input: $input) {
      customerOnboard {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`;
const input = { productGroupId: 'sandbox-product-group', customer: person };

describe('personal data and credentials', () => {
  it('stay out of every log line and error, in success, refusal, outage, time-out and nonsense', async () => {
    const answers: unknown[] = [];
    const ask = async (variables: object) => answers.push(await service.query(ONBOARD, variables));
    const echo = {
      message: `Mariquita Lopezsson 15557654300 is not valid`,
      detail: '9753',
      customer: person,
    };

    await ask({ input });
    await service.fault('relay', { status: 400, body: echo });
    await ask({ input });
    await service.fault('relay', { status: 500, body: echo });
    await ask({ input });
    await service.fault('relay', { status: 200, body: { ...echo, message: person } });
    await ask({ input });
    await service.fault('relay', { status: 200, body: '<html>Mariquita 5557654300</html>' });
    await ask({ input });
    await service.fault('relay', { drop: 'after' });
    await ask({ input });
    await ask({ input: { ...input, productGroupId: 'Mariquita'.repeat(20) } });
    await ask({ input: { ...input, customer: { ...person, ssnLast4: 9753, dateOfBirth: 19_870_605 } } });
    await ask({ input: { ...input, customer: { ...person, firstName: { first: 'Mariquita' } } } });
    await ask({ input: { ...input, customer: 'Mariquita 5557654300' } });
    answers.push(
      await service.query('mutation { onboardCustomer(input: { customer: "Mariquita 5557654300" }) { x } }'),
    );
    answers.push(await service.query('{ "Mariquita 5557654300" }'));

    expect(answers).toHaveLength(12);
    for (const secret of PERSONAL) {
      expect(service.log()).not.toContain(secret);
      expect(JSON.stringify(answers)).not.toContain(secret);
    }
    expect(service.log()).toContain('"Provider answered"');
    expect(service.log()).toContain('"operation":"Onboard"');
  });

  it('stay out of the log when a session is started, completed and hosted', async () => {
    const { data } = await service.query(/* GraphQL */ `
      mutation {
        startOnboardingSession(input: {}) {
          sessionToken
          onboardingSession {
            id
          }
        }
        createEntityOnboardingSession(
          input: { programId: "program_sandbox000000000001", redirectUrl: "https://example.com/private-path" }
        ) {
          entityOnboardingSession {
            sessionUrl
          }
        }
      }
    `);
    await service.fault('incode', { match: '/status', drop: 'before', times: 3 });
    await service.query('query ($id: ID!) { onboardingSession(id: $id) { status } }', {
      id: data.startOnboardingSession.onboardingSession.id,
    });

    const log = service.log();
    expect(log).not.toContain(data.startOnboardingSession.sessionToken);
    expect(log).not.toContain(
      new URL(data.createEntityOnboardingSession.entityOnboardingSession.sessionUrl).pathname,
    );
    for (const secret of [
      'sandbox-incode-key',
      'sandbox-increase-key',
      'sandbox-relay-key',
      'private-path',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('an error', () => {
  it('holds nothing internal and nothing of the provider, and the log has its cause under the same id', async () => {
    const body = {
      type: 'internal_server_error',
      title: 'Oracle exploded',
      detail: 'at /srv/app.rb:17',
      status: 500,
    };
    await service.fault('increase', {
      match: '/programs/',
      status: 500,
      body,
      headers: { 'x-internal': 'yes' },
      times: 3,
    });

    const { data, errors = [] } = await service.query(
      '{ entityOnboardingSession(id: "entity_onboarding_session_sandbox000000000001") { id program { name } } }',
    );

    expect(data.entityOnboardingSession.id).toBeDefined();
    expect(errors).toEqual([
      {
        message: 'Increase is not available right now. Try again later.',
        locations: expect.any(Array),
        path: ['entityOnboardingSession', 'program', 'name'],
        extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'INCREASE', requestId: expect.any(String) },
      },
    ]);
    const lines = service
      .log()
      .split('\n')
      .filter((line) => line.includes(String(errors[0]?.extensions['requestId'])));
    expect(lines.join('\n')).toContain('answer 500 internal_server_error');
    expect(lines.join('\n')).not.toContain('Oracle');
  });

  it('of our own making says so and no more', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'onboarding-')), 'onboarding.db');
    await using broken = await startService({ databaseUrl: `sqlite:${file}` });
    new DatabaseSync(file).exec('DROP TABLE customer_onboard');

    const { data, errors } = await broken.query('{ customerOnboards { nodes { id } } }');

    expect(data).toEqual({ customerOnboards: null });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /^Something went wrong on our side. Quote the request id [\w-]+ when you report it.$/,
        ),
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/table|sqlite|customer_onboard|\.ts/);
    expect(broken.log()).toContain('no such table');
  });
});
