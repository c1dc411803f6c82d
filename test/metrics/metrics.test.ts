import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { freePort } from '../support/free-port.ts';
import { startService, type Service } from '../support/service.ts';

const scrape = async ({ origin }: Pick<Service, 'origin'>, headers = {}) =>
  (await fetch(`${origin}/metrics`, { headers })).text();

const status = async (origin: string, headers = {}) => (await fetch(`${origin}/metrics`, { headers })).status;

/** A name of its own for each number, without a digit. */
const letters = (n: number) => String(n).replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

const START = `($input: StartOnboardingSessionInput!) {
  startOnboardingSession(input: $input) { sessionToken onboardingSession { id status } userErrors { code } } }`;
const ONBOARD = `($input: OnboardCustomerInput!) {
  onboardCustomer(input: $input) { customerOnboard { id } userErrors { code } } }`;
const person = {
  id: 'customer-4711',
  firstName: 'Mariquita',
  lastName: 'Lopezsson',
  ssnLast4: '9753',
  notificationChannels: [{ channelAddress: '5557654300', consentType: 'EXPRESS' }],
};

it('tells of operations, calls, effects and transactions, and of no person', async () => {
  await using service = await startService();
  const headers = { 'graphql-client-name': 'mariquita@example.com' };

  const started = await service.query(
    `mutation Start${START}`,
    { input: {} },
    { 'graphql-client-name': 'app' },
  );
  await service.query(`mutation M5557654300${START}`, { input: {} }, headers);
  await service.query(`mutation M_555_765_4300${START}`, { input: {} }, headers);
  const input = { productGroupId: 'sandbox-product-group', customer: person };
  await service.query(`mutation Onboard${ONBOARD}`, { input });
  await service.fault('relay', { status: 400, body: { message: 'Mariquita' } });
  await service.query(`mutation Onboard${ONBOARD}`, { input });
  const text = await scrape(service);

  const { sessionToken, onboardingSession } = started.data.startOnboardingSession;
  expect(text).toContain(
    'onboarding_operations_total{operation="Start",kind="mutation",client="app",code="OK"} 1',
  );
  expect(text).toContain('{operation="other",kind="mutation",client="other",code="OK"} 2');
  expect(text).toContain('{operation="Onboard",kind="mutation",client="none",code="INVALID_INPUT"} 1');
  expect(text).toMatch(
    /provider_requests_total\{provider="INCODE",route="POST \S*\/omni\/start",outcome="answered"\} 3/,
  );
  expect(text).toMatch(/provider_attempts_total\{provider="RELAY",route="[^"]*",result="400"\} 1/);
  expect(text).toContain('onboarding_effects{state="SUCCEEDED"} 4');
  expect(text).toMatch(/store_transaction_duration_seconds_count\{result="done"\} [1-9]/);
  expect(text).toContain('onboarding_provider_state{provider="INCREASE"} 0');
  const labels = text.replaceAll(/ [\d.e+-]+$/gm, '');
  for (const secret of [...Object.values(person).slice(0, 4), '5557654300', '_765_', 'example.com']) {
    expect(labels).not.toContain(secret);
  }
  expect(text).not.toContain(sessionToken);
  expect(text).not.toContain(onboardingSession.id);
  expect(text).not.toContain('new_field');
});

it('keeps the labels that callers choose bounded', async () => {
  await using service = await startService({ logLevel: 'silent' });

  for (let n = 0; n < 1_000; n++) {
    await service.query(
      `query Q${letters(n)} { __typename }`,
      {},
      { 'apollographql-client-name': `c${letters(n)}` },
    );
  }
  const text = await scrape(service);
  const distinct = (label: string) => new Set(text.match(new RegExp(`[{,]${label}="[^"]*"`, 'g')));

  expect(distinct('operation').size).toBe(101);
  expect(distinct('client').size).toBe(21);
});

it('tells of answers that drift from their documentation, and names no field of them', async () => {
  await using service = await startService();
  const session = {
    id: 'entity_onboarding_session_x',
    type: 'entity_onboarding_session',
    created_at: '2026-01-01T00:00:00Z',
    expires_at: '2026-01-01T06:00:00Z',
    program_id: 'program_x',
    entity_id: null,
    redirect_url: 'https://example.com',
    session_url: null,
    status: 'active',
    idempotency_key: null,
  };
  const { program_id: _, ...without } = session;
  const bodies = [
    session,
    { ...session, ssn_9753: 1, another: 2 },
    { ...session, status: 'lopezsson' },
    without,
    { ...session, entity_id: 9753 },
    'nonsense',
  ];

  for (const body of bodies) {
    await service.fault('increase', { status: 200, body });
    await service.query('{ entityOnboardingSession(id: "entity_onboarding_session_x") { id } }');
  }
  const text = await scrape(service);

  const route = 'GET /entity_onboarding_sessions/{}';
  const drift = text.split('\n').filter((line) => line.startsWith('onboarding_provider_drift_total{'));
  expect(drift.toSorted()).toEqual(
    [
      ['missing_field', 1],
      ['new_field', 1],
      ['unknown_value', 1],
      ['wrong_shape', 2],
    ].map(
      ([what, times]) =>
        `onboarding_provider_drift_total{provider="INCREASE",route="${route}",what="${what}"} ${times}`,
    ),
  );
});

it('has help and a fitting name for each, and docs/metrics.md has all of them', async () => {
  await using service = await startService();

  const text = await scrape(service);
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => ({ name, type }));
  const ours = types.filter(({ name }) => name.startsWith('onboarding_'));
  const docs = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

  for (const { name, type } of ours) {
    expect(name).toMatch(/^[a-z][a-z_]*$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    expect(type !== 'histogram' || name.endsWith('_seconds')).toBe(true);
    expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
  }
  expect(docs.match(/(?<=^\| `)onboarding_\w+/gm)?.toSorted()).toEqual(
    ours.map(({ name }) => name).toSorted(),
  );
  expect(text).toContain('nodejs_eventloop_lag_seconds');
});

it('is guarded by the router secret, unless it has a port of its own', async () => {
  const metricsPort = await freePort();
  await using guarded = await startService({ routerSecret: 's'.repeat(32) });
  await using apart = await startService({ metricsPort });
  await using off = await startService({ metrics: false });

  expect(await status(guarded.origin)).toBe(401);
  expect(await status(guarded.origin, { 'x-router-secret': 's'.repeat(32) })).toBe(200);
  expect(await status(apart.origin)).toBe(404);
  expect(await status(`http://127.0.0.1:${metricsPort}`)).toBe(200);
  expect(await status(off.origin)).toBe(404);
  await apart.stop();
  await expect(status(`http://127.0.0.1:${metricsPort}`)).rejects.toThrow('fetch failed');
});
