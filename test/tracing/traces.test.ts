import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Config } from '../../src/config/config.ts';
import { startCollector } from '../support/collector.ts';
import { run } from '../support/process.ts';
import { closedUrl, startProvider } from '../support/provider.ts';
import { startService } from '../support/service.ts';

const ROUTERS_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const ROUTERS_SPAN = '00f067aa0ba902b7';
const TRACEPARENT = `00-${ROUTERS_TRACE}-${ROUTERS_SPAN}-01`;
const OF_A_ROUTER = { traceparent: TRACEPARENT, tracestate: 'who=mariquita', baggage: 'who=mariquita' };

const LIST = '{ entityOnboardingSessions(first: 1) { nodes { id } } }';
const CREATE = /* GraphQL */ `
  mutation Create {
    createEntityOnboardingSession(
      input: { programId: "program_sandbox000000000001", redirectUrl: "https://example.com/mariquita" }
    ) {
      entityOnboardingSession {
        id
      }
    }
  }
`;

function sentTo(url: string, more: Record<string, string> = {}): Pick<Config, 'tracing'> {
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_TIMEOUT: '10000',
    OTEL_BSP_SCHEDULE_DELAY: '20',
    ...more,
  };
  return { tracing: { environment, secrets: [] } };
}

function linesOf(log: string) {
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('an operation', () => {
  it('is a part of its router’s trace: a span, one below it per attempt, one per transaction', async () => {
    await using collector = await startCollector();
    await using service = await startService(sentTo(collector.url));

    const { data } = await service.query(CREATE, {}, OF_A_ROUTER);
    const [operation] = await collector.received('mutation');
    const [attempt] = await collector.received('POST /entity_onboarding_sessions');
    const transactions = await collector.received('transaction', 2);

    expect(data.createEntityOnboardingSession.entityOnboardingSession.id).toMatch(/^entity_onboarding/);
    expect(operation).toEqual({
      traceId: ROUTERS_TRACE,
      spanId: expect.any(String),
      parentSpanId: ROUTERS_SPAN,
      name: 'mutation',
      kind: 'SERVER',
      attributes: { 'graphql.operation.type': 'mutation', 'graphql.operation.name': 'Create' },
      failed: false,
    });
    const below = { traceId: ROUTERS_TRACE, parentSpanId: operation?.spanId, kind: 'CLIENT', failed: false };
    expect(attempt).toMatchObject(below);
    expect(attempt?.attributes).toEqual({
      'http.request.method': 'POST',
      'url.template': '/entity_onboarding_sessions',
      'server.address': '127.0.0.1',
      'server.port': expect.any(Number),
      'http.response.status_code': 200,
    });
    for (const transaction of transactions) {
      expect(transaction).toMatchObject({ ...below, attributes: { 'db.system.name': 'sqlite' } });
    }
  });

  it('hands its trace on to providers, and neither tracestate nor baggage', async () => {
    await using collector = await startCollector();
    const { provider, increase } = await increaseWithoutSessions();
    await using _provider = provider;
    await using service = await startService({ ...sentTo(collector.url), increase });

    await service.query(LIST, {}, OF_A_ROUTER);
    const [attempt] = await collector.received('GET /entity_onboarding_sessions');
    const [sent] = provider.requests;

    expect(attempt?.attributes).toMatchObject({ 'server.port': Number(new URL(provider.url).port) });
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer increase-key',
      traceparent: `00-${ROUTERS_TRACE}-${attempt?.spanId}-01`,
    });
    expect(sent?.headers).not.toHaveProperty('tracestate');
    expect(sent?.headers).not.toHaveProperty('baggage');
    expect(collector.bytes()).not.toContain('increase-key');
  });

  it('has a span for every attempt that was made, each with what became of it', async () => {
    await using collector = await startCollector();
    await using service = await startService(sentTo(collector.url));
    await service.fault('increase', { drop: 'before' });
    await service.fault('increase', { status: 503 });

    await service.query(LIST);
    const attempts = await collector.received('GET /entity_onboarding_sessions', 3);

    expect(attempts.map(({ attributes, failed }) => [failed, attributes['error.type']])).toEqual([
      [true, 'CONNECTION'],
      [true, '503'],
      [false, undefined],
    ]);
    expect(attempts.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([
      undefined,
      1,
      2,
    ]);
  });

  it('that fails has the code of its error, and no more of it', async () => {
    await using collector = await startCollector();
    await using service = await startService(sentTo(collector.url));
    await service.fault('increase', { status: 500, times: 9, body: 'mariquita' });

    await service.query('{ entityOnboardingSession(id: "mariquita-77") { id } }');
    await service.query('{ "mariquita" }');
    const [failed] = await collector.received('query');
    const [unreadable] = await collector.received('GraphQL Operation');

    expect(failed).toMatchObject({ failed: true, attributes: { 'error.type': 'PROVIDER_UNAVAILABLE' } });
    expect(unreadable).toMatchObject({ failed: true });
    expect(unreadable?.attributes).toHaveProperty('error.type');
    expect(collector.bytes()).not.toContain('mariquita');
  });

  it('leaves nothing of its documents, variables, people, ids and credentials in what is sent', async () => {
    await using collector = await startCollector();
    await using service = await startService(sentTo(collector.url));
    const customer = {
      id: 'customer-mariquita',
      firstName: 'Mariquita',
      lastName: 'Lopezsson',
      notificationChannels: [{ channelAddress: '5557654300' }],
    };

    await service.query(
      'mutation Onboard($input: OnboardCustomerInput!) { onboardCustomer(input: $input) { customerOnboard { id } userErrors { message } } }',
      { input: { productGroupId: 'sandbox-product-group', customer } },
      OF_A_ROUTER,
    );
    const started = await service.query(
      'mutation { startOnboardingSession(input: {}) { sessionToken onboardingSession { id } } }',
      {},
      OF_A_ROUTER,
    );
    const { sessionToken, onboardingSession } = started.data.startOnboardingSession;
    await service.query('query Read($id: ID!) { onboardingSession(id: $id) { id status } }', {
      id: onboardingSession.id,
    });
    await service.query('query mariquita_15557654300 { __typename }');
    await collector.received('query', 2);
    await collector.received('mutation', 2);

    const bytes = collector.bytes().toLowerCase();
    for (const secret of [
      sessionToken,
      onboardingSession.id,
      'mariquita',
      'lopezsson',
      '5557654300',
      'userErrors {',
    ]) {
      expect(bytes).not.toContain(String(secret).toLowerCase());
    }
    expect(collector.spans.map(({ attributes }) => attributes['graphql.operation.name'])).toContain('other');
  });
});

describe('the log', () => {
  it('names the trace on every line that names a request, of those that are refused as well', async () => {
    await using collector = await startCollector();
    await using service = await startService(sentTo(collector.url));
    await service.fault('increase', { status: 500, times: 9 });

    await service.query(LIST, {}, OF_A_ROUTER);
    await fetch(service.url, { method: 'POST', headers: OF_A_ROUTER, body: '{' });
    await fetch(`${service.origin}/nowhere`, { headers: OF_A_ROUTER });

    const lines = linesOf(service.log()).filter(({ requestId }) => requestId !== undefined);
    expect(new Set(lines.map(({ msg }) => msg))).toEqual(
      new Set(['Provider answered', 'A field failed', 'Operation', 'Request refused']),
    );
    for (const line of lines) expect(line).toMatchObject({ traceId: ROUTERS_TRACE });
  });

  it('names no trace, and providers are told of none, where none are made', async () => {
    const { provider, increase } = await increaseWithoutSessions();
    await using _provider = provider;
    await using service = await startService({ increase });

    await service.query(LIST, {}, OF_A_ROUTER);

    expect(service.log()).not.toContain('traceId');
    expect(provider.requests).toHaveLength(1);
    expect(provider.requests[0]?.headers).not.toHaveProperty('traceparent');
  });
});

describe('a collector', () => {
  it.each([
    ['that is down', closedUrl],
    ['that answers 500', (answering500: string) => answering500],
  ])('%s is told of once, and hurts nobody', async (_title, urlOf) => {
    await using collector = await startCollector({ status: 500 });
    const url = await urlOf(collector.url);
    const service = await startService(sentTo(url, { OTEL_EXPORTER_OTLP_TIMEOUT: '200' }));
    const told = () => linesOf(service.log()).filter(({ msg }) => String(msg).startsWith('Traces could not'));

    const first = await service.query('{ __typename }');
    await expect.poll(() => told().length).toBe(1);
    const second = await service.query('{ __typename }');
    await service.stop();

    expect(first).toEqual({ data: { __typename: 'Query' } });
    expect(second).toEqual(first);
    expect(told()).toHaveLength(1);
    expect(told()[0]).not.toHaveProperty('traceId');
  });

  it('that never answers holds up neither an operation nor the end of the process', async () => {
    await using collector = await startCollector({ hangs: true });
    const service = await startService(sentTo(collector.url));

    const answer = await service.query('{ __typename }');
    await collector.received('query');
    await service.query('{ __typename }');
    const stopping = performance.now();
    await service.stop();

    expect(answer).toEqual({ data: { __typename: 'Query' } });
    expect(performance.now() - stopping).toBeLessThan(4_000);
  });

  it('has the last spans of a process that is told to end, under the names and headers of its variables', async () => {
    await using collector = await startCollector();
    const port = '0';
    const process = run('src/main.ts', {
      cwd: mkdtempSync(join(tmpdir(), 'onboarding-traces-')),
      env: {
        PORT: port,
        PLAYGROUND: 'off',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=the-collectors-key',
        OTEL_BSP_SCHEDULE_DELAY: '600000',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      },
    });
    const [, url = ''] = await process.printed(/The graph is at (http\S+graphql)/);
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OF_A_ROUTER },
      body: '{"query":"query Last { __typename }"}',
    });
    process.kill('SIGTERM');

    expect(await process.ended).toBe(0);
    expect(collector.spans).toMatchObject([{ name: 'query', traceId: ROUTERS_TRACE }]);
    expect(collector.requests).toMatchObject([
      { url: '/v1/traces', headers: { 'x-collector-key': 'the-collectors-key' } },
    ]);
    expect(collector.resource()).toMatchObject({
      'service.name': 'onboarding-subgraph',
      'deployment.environment.name': 'test',
    });
    expect(process.output()).not.toContain('the-collectors-key');
  });
});

it('a sampler that samples nothing sends nothing, and still names the trace in the log', async () => {
  await using collector = await startCollector();
  const service = await startService(sentTo(collector.url, { OTEL_TRACES_SAMPLER: 'always_off' }));

  await service.query('{ __typename }', {}, OF_A_ROUTER);
  await service.stop();

  expect(collector.requests).toEqual([]);
  expect(service.log()).toContain(`"traceId":"${ROUTERS_TRACE}"`);
});

/** Increase, with no sessions, and every header that it was sent. */
async function increaseWithoutSessions() {
  const provider = await startProvider({ body: { data: [], next_cursor: null } });
  return { provider, increase: { baseUrl: provider.url, apiKey: 'increase-key' } };
}
