import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { createLogger } from '../../src/log/logger.ts';
import { redact } from '../../src/log/redact.ts';

/** Every secret and every personal field of the three providers, in their spelling and in ours. */
const SENSITIVE = {
  // credentials
  authorization: 'Bearer incr-ease_key',
  'x-api-key': 'incode-key-value',
  'xx-relay-api-key': 'relay-key-value',
  'X-Incode-Hardware-Id': 'incode-session-token',
  token: 'incode-session-token',
  sessionToken: 'incode-session-token',
  session_token: 'incode-session-token',
  session_url: 'https://increase.test/form?secret',
  sessionUrl: 'https://increase.test/form?secret',
  apiKey: 'a-key',
  ENCRYPTION_KEYS: 'a-key',
  'webhook-signature': 'v1,abc',
  // Relay's customer
  first_name: 'Maria',
  firstName: 'Maria',
  middle_name: 'Pilar',
  last_name: 'Lopez',
  lastName: 'Lopez',
  date_of_birth: '1990-01-02',
  dateOfBirth: '1990-01-02',
  ssn_last4: '6789',
  ssnLast4: '6789',
  gender: 'F',
  addresses: [{ address1: '1 Main St' }],
  address1: '1 Main St',
  address2: 'Apt 2',
  city: 'Springfield',
  state_province: 'NY',
  stateProvince: 'NY',
  postal_code: '10001',
  postalCode: '10001',
  country: 'USA',
  notification_channels: [{ channel_addr: '5556667777' }],
  channel_addr: '5556667777',
  channelAddress: '5556667777',
  phone_type: 'cell',
  phoneNumber: '15556667777',
  mobile_analysis_results: { '15556667777': 'landline' },
  ext: { member_since: '2020' },
  secondary_account_id: 'second-1',
  customer: { ccid: 'c', first_name: 'Maria' },
  lb_name: 'Agent Smith',
  input_parameters: { input_note: 'Maria' },
  powerups_parameters: { home_city: 'Springfield' },
  // Increase's Entity and errors
  tax_identifier: '602214076',
  corporation: { name: 'Acme' },
  natural_person: { name: 'Maria' },
  joint: { individuals: [] },
  trust: { name: 'Trust' },
  government_authority: { name: 'Town' },
  description: 'Maria of Springfield',
  detail: 'Maria Lopez is not valid',
  name: 'Maria Lopez',
  // what may hold any of it
  variables: { input: { firstName: 'Maria' } },
  query: 'mutation { onboardCustomer(input: { customer: { firstName: "Maria" } }) }',
  body: '{"first_name":"Maria"}',
  headers: { authorization: 'Bearer x' },
  url: '/graphql?query={secret}',
};

describe('redact', () => {
  it.each(Object.entries(SENSITIVE))('masks %s at any depth', (name, value) => {
    expect(redact({ [name]: value })).toEqual({ [name]: '[redacted]' });
    expect(redact({ a: [{ b: { [name]: value } }] })).toEqual({ a: [{ b: { [name]: '[redacted]' } }] });
  });

  it('masks phone numbers as keys and within texts, whole social security numbers, and bearer credentials', () => {
    expect(redact({ results: { '15556667777': 'landline' } })).toEqual({
      results: { '[redacted]': 'landline' },
    });
    expect(redact('call 5556667777 or 123-45-6789 with Bearer abc.def-1')).toBe(
      'call [redacted] or [redacted] with [redacted]',
    );
  });

  it.each([
    '5556667777',
    '15556667777',
    '25551234567',
    '+442079460958',
    '442079460958',
    '+44 20 7946 0958',
    '+44 (0)20 7946 0958',
    '+49 170 1234567',
    '+1.5551234567',
    '+353 1 234 5678',
    '+1 (555) 123-4567',
    '555-123-4567',
    '555.123.4567',
    '555 123 4567',
    '(555) 123-4567',
    '(555)123-4567',
    '1-555-123-4567',
    '555\u2011123\u20114567',
    '020 7946 0958',
    '06 12 34 56 78',
    '612 345 678',
    'maria.lopez+x@mail.example.com',
    'María@ejemplo.es',
  ])('masks %s within a text, and as the name of an entry', (personal) => {
    expect(redact(`call ${personal}, or (${personal}).`)).toBe('call [redacted], or ([redacted]).');
    expect(redact({ [personal]: `"${personal}"` })).toEqual({ '[redacted]': '"[redacted]"' });
  });

  it.each([
    'at 2026-11-21T13:00:00.000Z, then 2026-11-21 13:00:01+0530 and on 2026-11-21',
    'session 0f8e1a2b-1234-4c5d-8e9f-001122334455 took 12345.678 ms',
    'entity_onboarding_session_1234567890123 and program_5556667777',
    'the interview 6347b6bdf1d1ba2df4e1d3a4',
    'session entity_onboarding_session_sandbox000000000001, trace 1234567890abcdef and 123456789012abcd3456',
    'connect ECONNREFUSED 192.168.100.200:54321',
    'getaddrinfo ENOTFOUND ip-10-20-30-123.ec2.internal',
    'connect ECONNREFUSED ::1:5432 and [2001:db8::1234:5678]:5432',
    'at start (file:///srv/node_modules/undici@8.12.4/lib/core.js:1234:56)',
    'answer 500 after 10000 ms, 3 of 2000 times',
    'node 26.10.0, @apollo/server 5.5.1',
    'a ratio of 0.12345678901',
    `a number that nobody has: ${'1'.repeat(30)}`,
  ])('keeps «%s»', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each(['p15551234567_zebulon', '15551234567_maria', 'x5551234567', '5551234567a', 'to_15551234567'])(
    'masks the word %s, which has a phone number in it',
    (word) => {
      expect(redact(`of ${word}.`)).toBe('of [redacted].');
    },
  );

  it('masks who logs in where, and keeps where', () => {
    expect(redact('cannot reach postgres://onboarding:s3cret@db.example.com:5432/x')).toBe(
      'cannot reach postgres://[redacted]@db.example.com:5432/x',
    );
  });

  it('leaves an id of a request as it is, whatever it looks like', () => {
    const line = { requestId: 'req-1795833764', of: { requestId: '555-123-4567' } };

    expect(redact(line)).toEqual(line);
  });

  it('is quick with a text that is nearly a phone number, all over', () => {
    const start = performance.now();
    for (const part of ['12', '12 ', '(12)', '+1 12-', '1.', 'a@', 'a.']) redact(`${part.repeat(20_000)}x`);

    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('keeps what the log is for', () => {
    const line = {
      requestId: '0f8e1a2b-1234-4c5d-8e9f-001122334455',
      route: 'GET /entities/{}',
      result: 503,
      durationMs: 12.5,
      codes: ['PROVIDER_UNAVAILABLE'],
      path: 'entityOnboardingSession.entity',
      at: new Date(0),
      nothing: null,
    };

    expect(redact(line)).toEqual(line);
  });

  it('tells an error with its cause, and masks what they hold', () => {
    const cause = Object.assign(new Error('no answer to 5556667777'), { body: 'Maria', code: 'ECONNRESET' });
    const error = new TypeError('outer', { cause });

    expect(redact({ err: error })).toMatchObject({
      err: {
        type: 'TypeError',
        message: 'outer',
        cause: { message: 'no answer to [redacted]', body: '[redacted]', code: 'ECONNRESET' },
      },
    });
  });

  it('tells the host that could not be connected to, by each of its addresses, and no address of a person', async () => {
    const system = await refusedConnection();
    const both = new AggregateError([system, { address: '1 Main St' }, new Error('of Maria')]);
    const person = Object.assign(new Error('of a person'), { address: '1 Main St' });
    const structured = Object.assign(new Error('of a person'), {
      syscall: 'connect',
      address: { line1: '1 Main St' },
    });
    const host = { syscall: 'connect', code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 };

    expect(redact(system)).toMatchObject({ ...host, message: 'connect ECONNREFUSED 127.0.0.1:1' });
    expect(redact(both)).toMatchObject({ errors: [host, '[redacted]', '[redacted]'] });
    expect(redact([person, structured])).toMatchObject([
      { address: '[redacted]' },
      { address: '[redacted]' },
    ]);
  });

  it('ends in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;

    expect(JSON.stringify(redact(circle))).toContain('[redacted]');
  });
});

async function refusedConnection(): Promise<unknown> {
  const [error] = await once(connect({ host: '127.0.0.1', port: 1 }), 'error');
  return error;
}

function linesOf(log: (logger: ReturnType<typeof createLogger>) => void, pretty = false): string {
  let text = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  log(createLogger({ level: 'debug', secrets: ['the-api-key', ''], pretty, destination }));
  return text;
}

describe('a log line', () => {
  it('is JSON with its fields', () => {
    const line = linesOf((logger) => logger.info({ requestId: 'r-1' }, 'Operation'));

    expect(JSON.parse(line)).toMatchObject({ level: 30, requestId: 'r-1', msg: 'Operation' });
  });

  it.each([false, true])(
    'never holds a credential of the process, whatever it stands in (pretty: %s)',
    (pretty) => {
      const text = linesOf((logger) => {
        logger.info({ note: 'with the-api-key in it' }, 'and the-api-key here');
        logger.error({ err: new Error('the-api-key', { cause: new Error('the-api-key') }) }, 'Failed');
      }, pretty);

      expect(text).toContain('[redacted]');
      expect(text).not.toContain('the-api-key');
    },
  );

  it('never holds a sensitive field, in the fields or in an error', () => {
    const text = linesOf((logger) => {
      logger.info(SENSITIVE, 'Line');
      logger.error({ err: Object.assign(new Error('x'), SENSITIVE) }, 'Failed');
    });

    for (const value of [
      'Maria',
      'Lopez',
      '5556667777',
      '6789',
      '1990-01-02',
      'incode-session-token',
      'Springfield',
    ]) {
      expect(text).not.toContain(value);
    }
  });
});
