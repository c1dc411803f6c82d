import { afterEach, describe, expect, it, vi } from 'vitest';
import { sandboxRelay } from '../../../src/sandbox/seeds.ts';
import { rootOf, send, type Sent } from '../support/send.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();

const path = `/cdm/client/${sandboxRelay.clientId}/onboard`;
const customer = { ccid: 'customer-2001' };
const body = { product_group_id: sandboxRelay.productGroupId, customer };

const post = async (sent: Sent, to = path) =>
  send(sandbox().relay.url, `POST ${to}`, { headers: { 'xx-relay-api-key': sandboxRelay.apiKey }, ...sent });
const onboard = async (more: Record<string, unknown> = {}) => post({ body: { ...body, ...more } });
const withNumbers = (...numbers: string[]) => ({
  customer: {
    ...customer,
    notification_channels: numbers.map((channel_addr) => ({ channel_addr, consent_type: 'written' })),
  },
});
const long = (length: number) => 'x'.repeat(length);
const carriedOut = async () => {
  const counters = await send<{ carriedOut: unknown }>(rootOf(sandbox().relay.url), 'GET /_counters');
  return counters.body.carriedOut;
};

afterEach(() => {
  vi.useRealTimers();
});

describe('onboard', () => {
  it('accepts a customer with every documented field', async () => {
    const answer = await onboard({
      trigger_id: sandboxRelay.triggerId,
      launched_by: { lb_name: 'Iona', lb_source: 'portal' },
      deactivate_previous_connections: false,
      input_parameters: { input_plan: 'gold' },
      asset_id: 'asset-1',
      client_message_tag: 'tag-1',
      powerups_parameters: { colour: 'red;green', home_state: 'NY', home_zipcode: '10045-1234' },
      customer: {
        ...customer,
        secondary_account_id: 'account-1',
        first_name: 'Iona',
        middle_name: 'I.',
        last_name: 'Invented',
        date_of_birth: '1970-01-31',
        ssn_last4: '1120',
        gender: 'F',
        addresses: [
          {
            address1: '33 Lane',
            city: 'Nowhere',
            state_province: 'NY',
            postal_code: '10045',
            country: 'USA',
          },
        ],
        notification_channels: [
          { channel_type: 'sms', channel_addr: '5556667777', consent_type: 'express', phone_type: 'mobile' },
        ],
        ext: { member_since: 2020, tags: ['a'] },
      },
    });

    expect(answer).toMatchObject({ status: 200, body: { message: 'Accepted' } });
    expect(answer.body).toEqual({ message: 'Accepted' });
  });

  it('names the numbers that are not mobile, with eleven digits each', async () => {
    const answer = await onboard(withNumbers('5556667700', '15556667799', '5556667777'));

    expect(answer.body).toEqual({
      message: 'Accepted',
      mobile_analysis_results: { '15556667700': 'landline', '15556667799': 'type-not-resolved' },
    });
  });

  it('updates a customer who is known, and adds one who is not', async () => {
    const known = [...sandboxRelay.customers];
    await onboard({ customer: { ccid: known[0] } });
    await onboard();
    await onboard();

    const customers = await send(rootOf(sandbox().relay.url), 'GET /_customers');
    expect(customers.body).toEqual([...known, 'customer-2001']);
    expect(await carriedOut()).toEqual({ onboard: 3, sms: 0 });
  });
});

describe('text messages', () => {
  const trigger = { trigger_id: sandboxRelay.triggerId };

  it('go out once in fifteen minutes for the same customer, trigger and parameters', async () => {
    await onboard({ ...trigger, input_parameters: { input_a: '1', input_b: '2' } });
    await onboard({ ...trigger, input_parameters: { input_b: '2', input_a: '1' } });
    expect(await carriedOut()).toEqual({ onboard: 2, sms: 1 });

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60_000 });
    await onboard({ ...trigger, input_parameters: { input_a: '1', input_b: '2' } });
    expect(await carriedOut()).toEqual({ onboard: 3, sms: 2 });
  });

  it('go out again for other parameters and other customers', async () => {
    await onboard(trigger);
    await onboard({ ...trigger, input_parameters: { input_a: '1' } });
    await onboard({ ...trigger, customer: { ccid: 'customer-2002' } });

    expect(await carriedOut()).toMatchObject({ sms: 3 });
  });

  it('do not go out to someone who opted out', async () => {
    const channel = { channel_addr: '5556667777', consent_type: 'stop' };
    await onboard({ ...trigger, customer: { ...customer, notification_channels: [channel] } });

    expect(await carriedOut()).toEqual({ onboard: 1, sms: 0 });
  });
});

describe('refusals', () => {
  const channel = { channel_addr: '5556667777', consent_type: 'written' };
  const channels = (more: Record<string, unknown>) => ({
    customer: { ...customer, notification_channels: [{ ...channel, ...more }] },
  });
  const address = (more: Record<string, unknown>) => ({ customer: { ...customer, addresses: [more] } });

  it.for([
    ['product_group_id', { product_group_id: undefined }],
    ['product_group_id', { product_group_id: long(101) }],
    ['trigger_id', { trigger_id: long(101) }],
    ['launched_by.lb_name', { launched_by: { lb_name: long(256) } }],
    ['launched_by.lb_source', { launched_by: { lb_source: long(256) } }],
    ['deactivate_previous_connections', { deactivate_previous_connections: 'true' }],
    ['input_parameters', { input_parameters: { plan: 'gold' } }],
    ['input_parameters.input_plan', { input_parameters: { input_plan: long(101) } }],
    ['asset_id', { asset_id: long(101) }],
    ['client_message_tag', { client_message_tag: long(101) }],
    ['powerups_parameters.home_state', { powerups_parameters: { home_state: 'New York' } }],
    ['powerups_parameters.home_zipcode', { powerups_parameters: { home_zipcode: long(11) } }],
    ['powerups_parameters.colour', { powerups_parameters: { colour: 'red; green' } }],
    ['powerups_parameters.colour', { powerups_parameters: { colour: 1 } }],
    ['customer', { customer: undefined }],
    ['customer.ccid', { customer: {} }],
    ['customer.ccid', { customer: { ccid: long(101) } }],
    ['customer.first_name', { customer: { ...customer, first_name: long(101) } }],
    ['customer.date_of_birth', { customer: { ...customer, date_of_birth: '31.01.1970' } }],
    ['customer.date_of_birth', { customer: { ...customer, date_of_birth: '1970-02-30' } }],
    ['customer.ssn_last4', { customer: { ...customer, ssn_last4: '12345' } }],
    ['customer.gender', { customer: { ...customer, gender: 'female' } }],
    ['customer.ext', { customer: { ...customer, ext: 'gold' } }],
    ['customer.addresses.0.state_province', address({ state_province: 'NYC' })],
    ['customer.addresses.0.postal_code', address({ postal_code: long(11) })],
    ['customer.addresses.0.country', address({ country: 'America' })],
    ['customer.addresses.0.city', address({ city: long(101) })],
    ['customer.notification_channels.0.channel_addr', channels({ channel_addr: '+15556667777' })],
    ['customer.notification_channels.0.channel_addr', channels({ channel_addr: '555666777' })],
    ['customer.notification_channels.0.consent_type', channels({ consent_type: undefined })],
    ['customer.notification_channels.0.consent_type', channels({ consent_type: 'implied' })],
    ['customer.notification_channels.0.channel_type', channels({ channel_type: 'fax' })],
    ['customer.notification_channels.0.phone_type', channels({ phone_type: long(11) })],
  ] as const)('name %s', async ([field, more]) => {
    const answer = await onboard(more);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      message: 'Validation failed',
      errors: [{ field, message: expect.any(String) }],
    });
    expect(await carriedOut()).toEqual({ onboard: 0, sms: 0 });
  });

  it('name every problem at once', async () => {
    const answer = await onboard({ product_group_id: '', asset_id: long(101), customer: {} });

    expect(answer.body).toMatchObject({
      errors: [{ field: 'product_group_id' }, { field: 'asset_id' }, { field: 'customer.ccid' }],
    });
  });

  it.for([
    ['no key', path, {}, body, 401],
    ['a wrong key', path, { 'xx-relay-api-key': 'wrong' }, body, 401],
    ['an unknown client', '/cdm/client/nobody/onboard', undefined, body, 404],
    ['an unknown product group', path, undefined, { ...body, product_group_id: 'unknown' }, 404],
    ['a customer in conflict', path, undefined, { ...body, customer: { ccid: 'conflict' } }, 409],
    ['JSON that breaks off', path, undefined, '{"customer', 400],
    ['an unknown route', '/cdm/unheard-of', undefined, body, 404],
  ] as const)('end %s', async ([, to, headers, sent, status]) => {
    const answer = await post({ body: sent, ...(headers && { headers }) }, to);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ message: expect.any(String) });
  });
});
