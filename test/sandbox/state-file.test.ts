import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSandbox, type WholeSandbox } from '../../src/sandbox/sandbox.ts';
import { sandboxIncode, sandboxRelay } from '../../src/sandbox/seeds.ts';
import { increase, newSession, sessionNumber, type WirePage } from './support/increase.ts';
import { incode, startSession } from './support/incode.ts';
import { rootOf, send } from './support/send.ts';

let folder: string;
let stateFile: string;
let sandbox: WholeSandbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  stateFile = join(folder, 'data', 'sandbox.json');
  sandbox = await startSandbox({ stateFile });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function restart(): Promise<void> {
  await sandbox.stop();
  sandbox = await startSandbox({ stateFile });
}

const onboard = async (ccid: string) =>
  send(sandbox.relay.url, `POST /cdm/client/${sandboxRelay.clientId}/onboard`, {
    headers: { 'xx-relay-api-key': sandboxRelay.apiKey },
    body: {
      product_group_id: 'group-1',
      customer: {
        ccid,
        last_name: 'Invented',
        notification_channels: [{ channel_addr: '5556667777', consent_type: 'written' }],
      },
    },
  });
const create = async (key: string) =>
  increase(sandbox, 'POST /entity_onboarding_sessions', {
    headers: { 'idempotency-key': key },
    body: newSession,
  });

const newest = async () =>
  (await increase<WirePage>(sandbox, 'GET /entity_onboarding_sessions?limit=2')).body.data;

describe('a restart', () => {
  it("keeps Incode's sessions, their tokens and where they stand", async () => {
    const { token, interviewId } = await startSession(sandbox, { externalCustomerId: 'customer-fail' });
    await incode(sandbox, 'GET /omni/finish-status', { token });

    await restart();

    const score = await incode(sandbox, `GET /omni/get/score?id=${interviewId}`, { token });
    expect(score).toMatchObject({ status: 200, body: { overall: { status: 'FAIL' } } });
  });

  it("keeps Increase's sessions in their order, with their keys and entities", async () => {
    const one = await create('key-1');
    const other = await create('key-2');
    const { body } = await increase(
      sandbox,
      `POST /simulations/entity_onboarding_sessions/${one.body.id}/submit`,
    );

    await restart();

    const list = await increase<WirePage>(sandbox, 'GET /entity_onboarding_sessions?limit=100');
    const own = list.body.data.filter(({ id }) => [one.body.id, other.body.id].includes(id));
    expect(own).toMatchObject([
      { id: other.body.id, status: 'active' },
      { id: one.body.id, status: 'expired', entity_id: body.entity_id },
    ]);
    expect((await increase(sandbox, `GET /entities/${body.entity_id}`)).status).toBe(200);
    const replayed = await create('key-2');
    expect(replayed.body.id).toBe(other.body.id);
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
  });

  it('keeps the addresses of forms that are out, and shows new ones that work too', async () => {
    const before = await create('key-1');
    const { port } = new URL(sandbox.increase.url);
    await sandbox.stop();
    sandbox = await startSandbox({ stateFile, ports: { increase: Number(port) } });

    const after = await increase(sandbox, `GET /entity_onboarding_sessions/${before.body.id}`);

    expect(after.body.session_url).not.toBe(before.body.session_url);
    expect((await fetch(before.body.session_url ?? '')).status).toBe(200);
    expect((await fetch(after.body.session_url ?? '')).status).toBe(200);
  });

  it('keeps that a form was submitted', async () => {
    const { body } = await create('key-1');
    await fetch(body.session_url ?? '', { method: 'POST', redirect: 'manual' });

    await restart();

    const session = await increase(sandbox, `GET /entity_onboarding_sessions/${body.id}`);
    expect(session.body).toMatchObject({ status: 'expired', entity_id: expect.stringMatching(/^entity_/) });
  });

  it("keeps Relay's customers", async () => {
    await onboard('customer-2001');

    await restart();

    const { body } = await send(rootOf(sandbox.relay.url), 'GET /_customers');
    expect(body).toEqual([...sandboxRelay.customers, 'customer-2001']);
  });

  it('reads its file although an editor has put a byte order mark before it', async () => {
    await onboard('customer-2001');
    await sandbox.stop();
    writeFileSync(stateFile, `\uFEFF${readFileSync(stateFile, 'utf8')}`);
    sandbox = await startSandbox({ stateFile });

    const { body } = await send(rootOf(sandbox.relay.url), 'GET /_customers');
    expect(body).toEqual([...sandboxRelay.customers, 'customer-2001']);
  });

  it('makes the seeds new, and forgets the keys that were used on them', async () => {
    const expire = async () =>
      increase(sandbox, `POST /entity_onboarding_sessions/${sessionNumber(1)}/expire`, {
        headers: { 'idempotency-key': 'key-1' },
      });
    const { token, interviewId } = sandboxIncode.sessions[1];
    await expire();
    await incode(sandbox, 'GET /omni/finish-status', { token });

    await restart();

    const status = await incode(sandbox, `GET /omni/get/onboarding/status?id=${interviewId}`, { token });
    expect(status.body).toEqual({ onboardingStatus: 'ID_VALIDATION_FINISHED' });
    const session = await increase(sandbox, `GET /entity_onboarding_sessions/${sessionNumber(1)}`);
    expect(session.body.status).toBe('active');
    expect((await expire()).headers.get('idempotent-replayed')).toBeNull();
  });

  it('keeps the dates of the first start, so that the seeds stay below what was created since, and are alive again', async () => {
    const { id } = (await create('key-1')).body;
    const [, before] = await newest();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 });

    await restart();
    const after = await newest();
    vi.useRealTimers();

    expect(after).toMatchObject([
      { id, status: 'expired' },
      { id: sessionNumber(1), status: 'active', created_at: before?.created_at },
    ]);
  });

  it('keeps what another provider saved', async () => {
    const { token } = await startSession(sandbox);
    await sandbox.stop();
    const alone = await startSandbox({ stateFile, providers: ['INCREASE'] });
    await send(alone.increase?.url ?? '', 'POST /_reset');
    await alone.stop();
    sandbox = await startSandbox({ stateFile });

    expect((await incode(sandbox, 'GET /omni/finish-status', { token })).status).toBe(200);
  });

  it('forgets what was reset', async () => {
    const { body } = await create('key-1');
    await send(sandbox.increase.url, 'POST /_reset');

    await restart();

    expect((await increase(sandbox, `GET /entity_onboarding_sessions/${body.id}`)).status).toBe(404);
  });
});

describe('the file', () => {
  it('is made on demand, for its owner alone, with nothing left beside it', async () => {
    expect(readdirSync(folder)).toEqual([]);

    await create('key-1');

    expect(readdirSync(join(folder, 'data'))).toEqual(['sandbox.json']);
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  });

  it('has been written before the answer goes out, even when that is lost', async () => {
    await send(sandbox.increase.url, 'POST /_faults', { body: { drop: 'after' } });
    await expect(create('key-1')).rejects.toThrow('fetch failed');

    expect(readFileSync(stateFile, 'utf8')).toContain('key-1');
  });

  it('has no secret in it and no personal data', async () => {
    const { token } = await startSession(sandbox);
    const { body } = await create('key-1');
    await onboard('customer-2001');

    const text = readFileSync(stateFile, 'utf8');

    const secret = body.session_url?.split('/').at(-1) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    for (const kept of [body.id, 'customer-2001']) expect(text).toContain(kept);
    for (const hidden of [token, secret, '5556667777', 'Invented', sandboxIncode.apiKey]) {
      expect(text).not.toContain(hidden);
    }
    for (const seed of sandboxIncode.sessions) expect(text).not.toContain(seed.token);
  });

  it.for(['', '{"incode', '[]', 'null', '{"incode":1,"increase":{"sessions":[{}]},"relay":{}}'])(
    'is taken as empty when it holds %j',
    async (text) => {
      await create('key-1');
      await sandbox.stop();
      writeFileSync(stateFile, text);

      sandbox = await startSandbox({ stateFile });

      const list = await increase<WirePage>(sandbox, 'GET /entity_onboarding_sessions');
      expect(list.body.data).toHaveLength(25);
      expect((await create('key-1')).headers.get('idempotent-replayed')).toBeNull();
    },
  );

  it("is an error in the provider's own shape when it cannot be written", async () => {
    mkdirSync(stateFile, { recursive: true });

    const start = { body: { configurationId: sandboxIncode.configurationId } };
    const answers = [
      await incode(sandbox, 'POST /omni/start', start),
      await create('key-1'),
      await onboard('customer-2001'),
    ];

    expect(answers).toMatchObject([
      { status: 500, body: { error: 'Internal Server Error', path: '/omni/start' } },
      { status: 500, body: { type: 'internal_server_error' } },
      { status: 500, body: { message: 'Internal server error' } },
    ]);
  });

  it('cannot change a seed', async () => {
    const { token, interviewId } = sandboxIncode.sessions[0];
    const stolen = { interviewId, configurationId: 'x', externalCustomerId: null, redirectionUrl: null };
    await sandbox.stop();
    writeFileSync(
      join(folder, 'forged.json'),
      JSON.stringify({ incode: { sessions: [{ ...stolen, status: 'EXPIRED', score: null }], tokens: [] } }),
    );
    sandbox = await startSandbox({ stateFile: join(folder, 'forged.json') });

    const { body } = await incode(sandbox, `GET /omni/get/onboarding/status?id=${interviewId}`, { token });

    expect(body).toEqual({ onboardingStatus: 'ONBOARDING_FINISHED' });
  });
});
