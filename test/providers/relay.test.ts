import { describe, expect, it } from 'vitest';

import type { NewCustomerOnboard } from '../../src/onboarding/customer-onboard.ts';
import { relayApi } from '../../src/providers/relay/api.ts';
import { relayMessaging } from '../../src/providers/relay/messaging.ts';
import { failureOf, patient } from '../support/outcome.ts';
import { closedUrl, startProvider, type ScriptedAnswer } from '../support/provider.ts';

const messagingAt = (url: string) =>
  relayMessaging(
    relayApi({ apiKey: 'key', baseUrl: `${url}/platform/v3/api`, policy: { attemptTimeoutMs: 300 } }),
  );
const least: NewCustomerOnboard = {
  clientId: 'client/1',
  productGroupId: 'group-1',
  customer: { id: 'ccid-1' },
};

const everything: NewCustomerOnboard = {
  clientId: 'client-1',
  productGroupId: 'group-1',
  triggerId: 'trigger-1',
  launchedBy: { name: 'Agent', source: 'desk' },
  deactivatePreviousConnections: false,
  inputParameters: { input_plan: 'gold' },
  assetId: 'asset-1',
  clientMessageTag: 'tag-1',
  powerupsParameters: { home_state: 'NY' },
  customer: {
    id: 'ccid-1',
    secondaryAccountId: 'second-1',
    firstName: 'Jane',
    middleName: 'Q',
    lastName: 'Doe',
    dateOfBirth: '1990-01-02',
    ssnLast4: '1234',
    gender: 'F',
    addresses: [
      {
        address1: '1 Main St',
        address2: '2',
        city: 'Town',
        stateProvince: 'NY',
        postalCode: '10001',
        country: 'USA',
      },
    ],
    notificationChannels: [
      { channelType: 'SMS', channelAddress: '5556667777', consentType: 'EXPRESS', phoneType: 'cell' },
    ],
    ext: { member_since: '2020' },
  },
};

describe('onboarding a customer', () => {
  it('posts the least with nothing invented', async () => {
    await using relay = await startProvider({ body: { message: 'Accepted' } });

    const acceptance = await messagingAt(relay.url).onboard(least, patient);

    expect(acceptance).toEqual({ message: 'Accepted', mobileAnalysisResults: [] });
    expect(relay.requests).toMatchObject([
      {
        method: 'POST',
        url: '/platform/v3/api/cdm/client/client%2F1/onboard',
        headers: { 'xx-relay-api-key': 'key' },
      },
    ]);
    expect(JSON.parse(relay.requests[0]?.body ?? '')).toEqual({
      product_group_id: 'group-1',
      customer: { ccid: 'ccid-1' },
    });
  });

  it("posts everything under Relay's names", async () => {
    await using relay = await startProvider({ body: { message: 'Accepted' } });

    await messagingAt(relay.url).onboard(everything, patient);

    expect(JSON.parse(relay.requests[0]?.body ?? '')).toEqual({
      product_group_id: 'group-1',
      trigger_id: 'trigger-1',
      launched_by: { lb_name: 'Agent', lb_source: 'desk' },
      deactivate_previous_connections: false,
      input_parameters: { input_plan: 'gold' },
      asset_id: 'asset-1',
      client_message_tag: 'tag-1',
      powerups_parameters: { home_state: 'NY' },
      customer: {
        ccid: 'ccid-1',
        secondary_account_id: 'second-1',
        first_name: 'Jane',
        middle_name: 'Q',
        last_name: 'Doe',
        date_of_birth: '1990-01-02',
        ssn_last4: '1234',
        gender: 'F',
        addresses: [
          {
            address1: '1 Main St',
            address2: '2',
            city: 'Town',
            state_province: 'NY',
            postal_code: '10001',
            country: 'USA',
          },
        ],
        notification_channels: [
          { channel_type: 'sms', channel_addr: '5556667777', consent_type: 'express', phone_type: 'cell' },
        ],
        ext: { member_since: '2020' },
      },
    });
  });

  it('answers what mobile analysis found, in any of its words', async () => {
    const body = {
      message: 'Accepted',
      mobile_analysis_results: { '15556667777': 'landline', '15556667778': 'type-not-resolved' },
    };
    await using relay = await startProvider({ body });

    expect((await messagingAt(relay.url).onboard(least, patient)).mobileAnalysisResults).toEqual([
      { phoneNumber: '15556667777', result: 'landline' },
      { phoneNumber: '15556667778', result: 'type-not-resolved' },
    ]);
  });

  it.each([
    { results: [], what: 'nobody knows', read: null },
    { results: 'none', what: 'nobody knows', read: null },
    { results: 7, what: 'nobody knows', read: null },
    { results: { '25551234567': 7 }, what: 'nobody knows', read: null },
    { results: { '+44 20 7946 0958': null, '555-123-4567': {} }, what: 'nobody knows', read: null },
    { results: null, what: 'nothing found', read: [] },
    { results: {}, what: 'nothing found', read: [] },
  ])('is accepted with the results $results: $what', async ({ results, read }) => {
    const body = { message: 'Accepted', mobile_analysis_results: results };
    await using relay = await startProvider({ body });

    expect(await messagingAt(relay.url).onboard(least, patient)).toEqual({
      message: 'Accepted',
      mobileAnalysisResults: read,
    });
  });

  it('answers those results that can be read', async () => {
    const body = { message: 'Accepted', mobile_analysis_results: { '1': 'landline', '2': 7 } };
    await using relay = await startProvider({ body });

    expect((await messagingAt(relay.url).onboard(least, patient)).mobileAnalysisResults).toEqual([
      { phoneNumber: '1', result: 'landline' },
    ]);
  });

  it('answers what can be stored, whatever Relay says', async () => {
    await using relay = await startProvider({ body: { message: 'Acc\0epted' } });

    expect((await messagingAt(relay.url).onboard(least, patient)).message).toBe('Acc\ufffdepted');
  });

  it.each([
    { status: 500 },
    { status: 429 },
    { drop: 'before' },
    { body: '<html>' },
    { drop: 'midway' },
  ] as const)('is sent once, after %j', async (answer) => {
    await using relay = await startProvider(answer, { body: { message: 'Accepted' } });

    await expect(messagingAt(relay.url).onboard(least, patient)).rejects.toThrow('Relay');
    expect(relay.requests).toHaveLength(1);
  });
});

const refused = { code: 'PROVIDER_UNAVAILABLE', provider: 'RELAY', outcome: 'NOT_CARRIED_OUT' };
const unknown = { ...refused, outcome: 'UNKNOWN' };

const here = '/platform/v3/api/cdm/client/client%2F1/onboard';
const elsewhere = (location: string, status = 308): ScriptedAnswer => ({ status, headers: { location } });

describe("Relay's errors", () => {
  it.each([
    [400, { refusal: 'INVALID_INPUT' }],
    [401, refused],
    [403, refused],
    [404, { refusal: 'NOT_FOUND' }],
    [409, { refusal: 'CONFLICT' }],
    [500, unknown],
  ])('%d is told as %j, whatever the body', async (status, told) => {
    for (const body of ['', '<html>', { error: ['Maria Lopez'] }]) {
      await using relay = await startProvider({ status, body });

      expect(await failureOf(messagingAt(relay.url).onboard(least, patient))).toEqual(told);
    }
  });

  it('429 tells when to come back', async () => {
    await using relay = await startProvider({ status: 429, headers: { 'retry-after': '12' } });

    expect(await failureOf(messagingAt(relay.url).onboard(least, patient))).toMatchObject({
      code: 'PROVIDER_RATE_LIMITED',
      provider: 'RELAY',
      retryAfterSeconds: 12,
    });
  });

  it.each([
    ['a body of another shape', { body: { message: 1 } }],
    ['a 200 that tells of an error', { body: { message: 'Internal server error', status: 500 } }],
    ['a dropped connection', { drop: 'before' }],
    ['an oversized answer', { body: ' '.repeat(2 * 1024 * 1024 + 1) }],
  ] satisfies [string, ScriptedAnswer][])('%s leaves the outcome unknown', async (_what, answer) => {
    await using relay = await startProvider(answer);

    expect(await failureOf(messagingAt(relay.url).onboard(least, patient))).toEqual(unknown);
  });

  it.each([301, 302, 307, 308])(
    '%d to the same path elsewhere is certainly not carried out',
    async (status) => {
      await using relay = await startProvider(elsewhere(`https://eu.relay.test${here}`, status));

      const onboarding = messagingAt(relay.url).onboard(least, patient);

      await expect(onboarding).rejects.toMatchObject({
        message: expect.not.stringContaining('Try again later'),
        cause: {
          message: `answer ${status} points to https://eu.relay.test/platform/v3/api/cdm/client/{}/onboard: check RELAY_BASE_URL`,
        },
      });
      expect(await failureOf(onboarding)).toEqual(refused);
      expect(relay.requests).toHaveLength(1);
    },
  );

  it.each([elsewhere(`https://eu.relay.test${here}`, 303), elsewhere('/done?ccid=ccid-1'), { status: 307 }])(
    '%j leaves the outcome unknown',
    async (answer) => {
      await using relay = await startProvider(answer);

      expect(await failureOf(messagingAt(relay.url).onboard(least, patient))).toEqual(unknown);
    },
  );

  it('no answer in time leaves the outcome unknown', async () => {
    const never = Promise.withResolvers<void>();
    await using relay = await startProvider({ after: never.promise });

    expect(await failureOf(messagingAt(relay.url).onboard(least, patient))).toEqual({
      ...unknown,
      code: 'PROVIDER_TIMEOUT',
    });
    never.resolve();
  });

  it('a refused connection is certainly not carried out', async () => {
    expect(await failureOf(messagingAt(await closedUrl()).onboard(least, patient))).toEqual(refused);
  });
});
