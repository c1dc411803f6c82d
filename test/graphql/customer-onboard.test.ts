import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ONBOARD = /* GraphQL */ `
  mutation ($input: OnboardCustomerInput!) {
    onboardCustomer(input: $input) {
      customerOnboard {
        id
        clientId
        productGroupId
        triggerId
        clientMessageTag
        message
        createdAt
        customer {
          id
        }
        mobileAnalysisResults {
          phoneNumber
          result
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const least = { productGroupId: 'sandbox-product-group', customer: { id: 'customer-9' } };
const mobile = { channelAddress: '5556667777', consentType: 'WRITTEN' };
const lastBody = async () => (await service.requests('relay')).at(-1)?.body;

const long = 'x'.repeat(101);
const inCustomer = (fields: object) => ({ customer: { id: 'c', ...fields } });
const channel = (fields: object) => inCustomer({ notificationChannels: [mobile, { ...mobile, ...fields }] });
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const address = (fields: object) => inCustomer({ addresses: [fields] });

const channels = (count: number) =>
  inCustomer({
    notificationChannels: Array.from({ length: count }, () => ({
      ...mobile,
      channelAddress: '',
      phoneType: long,
    })),
  });
const refusals = async (input: object) =>
  (await service.query(ONBOARD, { input: { ...least, ...input } })).data.onboardCustomer.userErrors;

describe('onboardCustomer', () => {
  it('looks at none of a list that is too long, and tells 50 problems at the most', async () => {
    expect(await refusals(channels(51))).toEqual([
      {
        code: 'INVALID_INPUT',
        field: ['input', 'customer', 'notificationChannels'],
        message: 'notificationChannels must have at most 50 entries.',
      },
    ]);
    expect(await refusals(channels(50))).toHaveLength(50);
  });

  it('answers what Relay accepted, under an id of ours', async () => {
    const { data, errors } = await service.query(ONBOARD, {
      input: {
        ...least,
        triggerId: 'sandbox-trigger',
        clientMessageTag: 'tag-1',
        customer: { id: 'customer-9', notificationChannels: [mobile] },
      },
    });

    expect(errors).toBeUndefined();
    expect(data.onboardCustomer).toMatchObject({
      userErrors: [],
      customerOnboard: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        clientId: 'sandbox-client',
        productGroupId: 'sandbox-product-group',
        triggerId: 'sandbox-trigger',
        clientMessageTag: 'tag-1',
        message: 'Accepted',
        customer: { id: 'customer-9' },
        mobileAnalysisResults: [],
      },
    });
  });

  it('answers what Relay found out about a landline, and again when it is asked for', async () => {
    const { data } = await service.query(ONBOARD, {
      input: {
        ...least,
        customer: { id: 'c', notificationChannels: [{ ...mobile, channelAddress: '5555550100' }] },
      },
    });
    const { id, mobileAnalysisResults } = data.onboardCustomer.customerOnboard;

    const again = await service.query(
      'query ($id: ID!) { customerOnboard(id: $id) { mobileAnalysisResults { phoneNumber result } } }',
      { id },
    );

    expect(mobileAnalysisResults).toEqual([{ phoneNumber: '15555550100', result: 'landline' }]);
    expect(again.data.customerOnboard).toEqual({ mobileAnalysisResults });
  });

  it('says null of results that cannot be read, and again when it is asked for', async () => {
    await service.fault('relay', {
      match: '/onboard',
      status: 200,
      body: { message: 'Accepted', mobile_analysis_results: 'none' },
    });
    const { data } = await service.query(ONBOARD, { input: { ...least, customer: { id: 'c' } } });

    const again = await service.query(
      'query ($id: ID!) { customerOnboard(id: $id) { mobileAnalysisResults { phoneNumber } } }',
      { id: data.onboardCustomer.customerOnboard.id },
    );

    expect(data.onboardCustomer.customerOnboard.mobileAnalysisResults).toBeNull();
    expect(again).toEqual({ data: { customerOnboard: { mobileAnalysisResults: null } } });
  });

  it('gives names of inputParameters their prefix where it is missing', async () => {
    const inputParameters = [
      { name: 'plan', value: 'gold' },
      { name: 'input_level', value: '2' },
    ];

    await service.query(ONBOARD, { input: { ...least, inputParameters } });

    expect(await lastBody()).toMatchObject({ input_parameters: { input_plan: 'gold', input_level: '2' } });
  });

  it('invents nothing: no consent, no deactivation, no trigger', async () => {
    await service.query(ONBOARD, { input: least });

    expect(await lastBody()).toEqual({
      product_group_id: 'sandbox-product-group',
      customer: { ccid: 'customer-9' },
    });
  });

  it('refuses a channel without a consent before anything else', async () => {
    const { errors } = await service.query(ONBOARD, {
      input: { ...least, customer: { id: 'c', notificationChannels: [{ channelAddress: '5556667777' }] } },
    });

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors?.[0]?.message).toContain(
      '"consentType" of required type "RelayConsentType!" was not provided',
    );
  });

  it.each([
    ['clientId', { clientId: '..' }],
    ['productGroupId', { productGroupId: '' }],
    ['productGroupId', { productGroupId: long }],
    ['triggerId', { triggerId: long }],
    ['launchedBy.name', { launchedBy: { name: 'x'.repeat(256) } }],
    ['launchedBy.source', { launchedBy: { source: 'x'.repeat(256) } }],
    ['inputParameters.0.value', { inputParameters: [{ name: 'a', value: long }] }],
    [
      'inputParameters.1.name',
      {
        inputParameters: [
          { name: 'a', value: '1' },
          { name: 'input_a', value: '2' },
        ],
      },
    ],
    ['assetId', { assetId: long }],
    ['clientMessageTag', { clientMessageTag: long }],
    ['powerupsParameters.0.name', { powerupsParameters: [{ name: '', value: '1' }] }],
    ['powerupsParameters.0.value', { powerupsParameters: [{ name: 'home_state', value: 'NYC' }] }],
    ['powerupsParameters.0.value', { powerupsParameters: [{ name: 'home_zipcode', value: '12345678901' }] }],
    ['powerupsParameters.0.value', { powerupsParameters: [{ name: 'home', value: 'a\0b' }] }],
    ['clientMessageTag', { clientMessageTag: 'a\0b' }],
    ['clientMessageTag', { clientMessageTag: '\ud800' }],
    ['triggerId', { triggerId: 'a\u001bb' }],
    ['idempotencyKey', { idempotencyKey: 'x'.repeat(201) }],
    ['customer.id', inCustomer({ id: '' })],
    ['customer.id', inCustomer({ id: long })],
    ['customer.id', inCustomer({ id: 'a\0b' })],
    ['customer.secondaryAccountId', inCustomer({ secondaryAccountId: long })],
    ['customer.firstName', inCustomer({ firstName: long })],
    ['customer.middleName', inCustomer({ middleName: long })],
    ['customer.lastName', inCustomer({ lastName: long })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '02.01.1990' })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '1990-02-30' })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '' })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '0000-01-01' })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '0199-01-02' })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '1899-12-31' })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: daysFromNow(2) })],
    ['customer.dateOfBirth', inCustomer({ dateOfBirth: '9999-12-31' })],
    ['customer.ssnLast4', inCustomer({ ssnLast4: '12345' })],
    ['customer.gender', inCustomer({ gender: 'female' })],
    [
      'customer.ext.1.name',
      inCustomer({
        ext: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      }),
    ],
    ['customer.addresses.0.address1', address({ address1: long })],
    ['customer.addresses.0.address2', address({ address2: long })],
    ['customer.addresses.0.city', address({ city: long })],
    ['customer.addresses.0.stateProvince', address({ stateProvince: 'NYC' })],
    ['customer.addresses.0.postalCode', address({ postalCode: '12345678901' })],
    ['customer.addresses.0.country', address({ country: 'U' })],
    ['customer.addresses.0.country', address({ country: 'USAX' })],
    ['customer.notificationChannels.1.channelAddress', channel({ channelAddress: '555666777' })],
    ['customer.notificationChannels.1.channelAddress', channel({ channelAddress: '155566677777' })],
    ['customer.notificationChannels.1.channelAddress', channel({ channelAddress: '(555) 666-7777' })],
    ['customer.notificationChannels.1.phoneType', channel({ phoneType: 'x'.repeat(11) })],
  ])('refuses a wrong %s before anything is sent', async (field, fields) => {
    const before = (await service.requests('relay')).length;

    const { data } = await service.query(ONBOARD, { input: { ...least, ...fields } });

    expect(data.onboardCustomer).toMatchObject({
      customerOnboard: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', ...field.split('.')] }],
    });
    expect(await service.requests('relay')).toHaveLength(before);
  });

  it.each([
    { clientMessageTag: 'x'.repeat(100), launchedBy: { name: 'x'.repeat(255), source: null } },
    address({ country: 'US', address1: '1 Main Street\r\n\tBack door' }),
    address({ country: 'USA', stateProvince: 'NY', postalCode: '1234567890' }),
    channel({
      channelAddress: '15556667777',
      consentType: 'STOP',
      phoneType: 'x'.repeat(10),
      channelType: null,
    }),
    inCustomer({ gender: 'X', ssnLast4: '0042', dateOfBirth: '2000-02-29' }),
    inCustomer({ dateOfBirth: '1900-01-01' }),
    inCustomer({ dateOfBirth: daysFromNow(0) }),
    {
      powerupsParameters: [
        { name: 'home_state', value: 'NY' },
        { name: 'choices', value: 'a;b' },
      ],
    },
  ])('accepts what is within the rules: %j', async (fields) => {
    const { data } = await service.query(ONBOARD, { input: { ...least, ...fields } });

    expect(data.onboardCustomer.userErrors).toEqual([]);
  });

  it('tells all problems at once', async () => {
    const { data } = await service.query(ONBOARD, {
      input: {
        productGroupId: '',
        triggerId: long,
        customer: { id: '', ssnLast4: 'abcde', notificationChannels: [{ ...mobile, channelAddress: '1' }] },
      },
    });

    expect(
      data.onboardCustomer.userErrors.map(({ field }: { field: string[] }) => field.slice(1).join('.')),
    ).toEqual([
      'productGroupId',
      'triggerId',
      'customer.id',
      'customer.ssnLast4',
      'customer.notificationChannels.0.channelAddress',
    ]);
  });

  it.each([
    ['NOT_FOUND', { clientId: 'nobody' }],
    ['CONFLICT', { customer: { id: 'conflict' } }],
  ])('is refused by Relay with %s', async (code, fields) => {
    const { data } = await service.query(ONBOARD, { input: { ...least, ...fields } });

    expect(data.onboardCustomer.userErrors).toMatchObject([{ code }]);
  });

  it('is sent once when the connection is reset after Relay carried it out', async () => {
    const before = (await service.requests('relay')).length;
    await service.fault('relay', { drop: 'after' });

    const { data, errors } = await service.query(ONBOARD, { input: least });

    expect(data).toEqual({ onboardCustomer: null });
    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'RELAY' } }]);
    expect(await service.requests('relay')).toHaveLength(before + 1);
  });
});

describe('customerOnboards', () => {
  it('are listed by customer, newest first, page by page', async () => {
    for (let index = 0; index < 3; index++) {
      await service.query(ONBOARD, {
        input: { ...least, customer: { id: 'pages' }, clientMessageTag: `tag-${index}` },
      });
    }
    const LIST = /* GraphQL */ `
      query ($after: String) {
        customerOnboards(first: 2, after: $after, filter: { customerId: "pages" }) {
          edges {
            cursor
            node {
              clientMessageTag
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    `;

    const first = (await service.query(LIST)).data.customerOnboards;
    const second = (await service.query(LIST, { after: first.edges[1].cursor })).data.customerOnboards;

    expect([...first.edges, ...second.edges]).toHaveLength(3);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('are null for an id that nothing has', async () => {
    expect(await service.query('{ customerOnboard(id: "nothing") { id } }')).toEqual({
      data: { customerOnboard: null },
    });
  });
});
