import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSandbox } from '../src/sandbox/sandbox.ts';
import { run, type RunningProcess } from './support/process.ts';

let folder: string;
const processes: RunningProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-main-'));
});
afterEach(async () => {
  for (const process of processes.splice(0)) {
    process.kill('SIGKILL');
    await process.ended;
  }
  rmSync(folder, { recursive: true });
});

function start(env: Record<string, string> = {}): RunningProcess {
  const process = run('src/main.ts', { cwd: folder, env: { PORT: '0', ...env } });
  processes.push(process);
  return process;
}

async function started(env?: Record<string, string>) {
  const service = start(env);
  const [, url = ''] = await service.printed(/The graph is at (http:\S+\/graphql)/);
  const query = async (text: string) => {
    const body = JSON.stringify({ query: text });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return (await response.json()) as { data: Record<string, unknown> };
  };
  return { service, url, query };
}

/** What a process that does not start says, which must be all it says. */
async function refusal(env: Record<string, string>): Promise<{ code: number | null; text: string }> {
  const service = start(env);
  const code = await service.ended;
  return { code, text: service.output() };
}

const START = 'mutation { startOnboardingSession(input: {}) { onboardingSession { id } } }';

/** A process in which a mutation is under way, that Incode takes its time for. */
async function startedWithSlowMutation(delayMs: number) {
  const { incode } = await startSandbox({ providers: ['INCODE'] });
  if (!incode) throw new Error('The sandbox of Incode was asked for');
  await fetch(`${incode.url}/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match: '/omni/start', delayMs }),
  });
  const { service, url, query } = await started({
    INCODE_API_KEY: incode.apiKey,
    INCODE_BASE_URL: incode.url,
    INCODE_CONFIGURATION_ID: incode.configurationId,
    PROVIDER_TIMEOUT_MS: '60000',
  });
  const answer = query(START);
  await expect
    .poll(async () => (await (await fetch(`${incode.url}/_counters`)).json()) as object)
    .toMatchObject({ total: 1 });
  return { service, url, answer };
}

describe('the process', () => {
  it('says where the graph and the playground are, what is sandboxed and where data is kept', async () => {
    const { service } = await started();
    await service.printed(/Data is kept/);

    expect(service.output()).toMatch(/The playground is at http:\/\/127\.0\.0\.1:\d+\/graphiql/);
    expect(service.output()).toMatch(
      /No API key for Incode, Increase, and Relay: served by the built-in sandbox/,
    );
    expect(service.output()).toMatch(/Data is kept in data\/onboarding\.db/);
    expect(service.stderr()).toBe('');
  });

  it('keeps what it stored over a restart, sandbox included', async () => {
    const first = await started();
    const answer = await first.query(START);
    const { id } = (answer.data['startOnboardingSession'] as { onboardingSession: { id: string } })
      .onboardingSession;
    first.service.kill('SIGTERM');
    await first.service.ended;

    const second = await started();
    const { data } = await second.query(`{ onboardingSession(id: "${id}") { id status } }`);

    expect(data['onboardingSession']).toMatchObject({ id, status: expect.any(String) });
  });

  it('starts as several at once on one new database', async () => {
    const several = await Promise.all([started(), started(), started(), started()]);

    for (const { query } of several) {
      expect(await query('{ customerOnboards { nodes { id } } }')).toMatchObject({
        data: { customerOnboards: {} },
      });
    }
  });

  it('reads .env', async () => {
    writeFileSync(
      join(folder, '.env'),
      '# where\nexport DATABASE_URL="sqlite:elsewhere/x.db"\nOTHER="a\nb"\n\n',
    );

    const { service } = await started();

    expect(await service.printed(/Data is kept in (\S+\.db)/)).toMatchObject({ 1: 'elsewhere/x.db' });
  });

  it('names a variable of .env that is nearly one of its own, and not its value', async () => {
    writeFileSync(join(folder, '.env'), 'ROUTER_SERCET=a-value-of-somebodys\n');

    const { service } = await started({ LOG_LEVLE: 'debug' });

    expect(service.output().match(/[^"]*ROUTER_SERCET[^"]*/g)).toEqual([
      '.env sets ROUTER_SERCET, which is read by nobody. Is ROUTER_SECRET meant?',
    ]);
    expect(service.output()).not.toMatch(/a-value-of|LOG_LEVLE/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is in flight on %s, takes nothing new, and exits with 0',
    async (signal) => {
      const { service, url, answer } = await startedWithSlowMutation(700);

      service.kill(signal);
      await service.printed(/Stopping: finishing what is in flight/);

      await expect(fetch(url)).rejects.toThrow('fetch failed');
      expect(await answer).toMatchObject({ data: { startOnboardingSession: { onboardingSession: {} } } });
      expect(await service.ended).toBe(0);
    },
  );

  it('ends in time when a provider hangs, and stores that the outcome is unknown', async () => {
    const { service, answer } = await startedWithSlowMutation(60_000);
    answer.catch(() => undefined);
    const begin = performance.now();

    service.kill('SIGTERM');

    expect(await service.ended).toBe(0);
    expect(performance.now() - begin).toBeLessThan(12_500);
    const database = new DatabaseSync(join(folder, 'data/onboarding.db'));
    expect(database.prepare('SELECT state FROM effect').all()).toEqual([{ state: 'UNKNOWN' }]);
    database.close();
  });

  it('exits at once on a second signal', async () => {
    const { service, answer } = await startedWithSlowMutation(30_000);
    answer.catch(() => undefined);

    service.kill('SIGTERM');
    await service.printed(/Stopping: finishing what is in flight/);
    service.kill('SIGTERM');

    expect(await service.ended).toBe(1);
    await expect(answer).rejects.toThrow('fetch failed');
  });
});

describe('a process that cannot start', () => {
  it('names every malformed variable', async () => {
    const { code, text } = await refusal({ PORT: 'http', LOG_LEVEL: 'loud' });

    expect(code).toBe(1);
    expect(text.trim().split('\n')).toEqual([
      'PORT must be a whole number from 0 to 65535.',
      'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent.',
    ]);
  });

  it('names every missing secret in production', async () => {
    const { code, text } = await refusal({ NODE_ENV: 'production' });

    expect(code).toBe(1);
    expect(text.trim().split('\n')).toHaveLength(5);
  });

  it('says that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;

    const { code, text } = await refusal({ PORT: String(port) });
    server.close();

    expect(code).toBe(1);
    expect(text).toBe(`Port ${port} is taken. Set PORT to a free one, or stop the process that has it.\n`);
  });

  it.each(['192.0.2.1', 'no.such.host.invalid'])('says that %s cannot be listened on', async (HOST) => {
    const { code, text } = await refusal({ HOST });

    expect(code).toBe(1);
    expect(text).toMatch(/^HOST .*\. Set it to .*\.\n$/);
  });

  it('says that the data folder cannot be written', async () => {
    writeFileSync(join(folder, 'data'), 'a file in its place');

    const { code, text } = await refusal({});

    expect(code).toBe(1);
    expect(text).toBe(
      'The database data/onboarding.db cannot be opened or written. Check the file, its folder and their permissions, or set DATABASE_URL.\n',
    );
  });

  it('says that the encryption key is another', async () => {
    const first = await started();
    first.service.kill('SIGTERM');
    await first.service.ended;

    const { code, text } = await refusal({ ENCRYPTION_KEYS: Buffer.alloc(32, 9).toString('base64') });

    expect(code).toBe(1);
    expect(text).toMatch(/^The database holds secrets under an encryption key that is missing .*\n$/);
  });

  it.each([
    ['a line that sets nothing', 'LOG_LEVEL=info\nINCREASE-API-KEY=abc\n', 'Line 2 of .env cannot be read.'],
    ['a broken line after a long value', "A='1\n2'\n\n# x\nnonsense\n", 'Line 5 of .env cannot be read.'],
    ['bytes', '\u0000\u0001', 'Line 1 of .env cannot be read.'],
  ])('says that .env has %s', async (_what, content, message) => {
    writeFileSync(join(folder, '.env'), content);

    const { code, text } = await refusal({});

    expect(code).toBe(1);
    expect(text).toBe(`${message} Write NAME=value, or begin it with #.\n`);
  });

  it('says that .env is no file', async () => {
    mkdirSync(join(folder, '.env'));

    expect(await refusal({})).toEqual({
      code: 1,
      text: '.env cannot be read. It must be a file that this user may read.\n',
    });
  });

  it('says that there can be no database below /proc', async () => {
    const { code, text } = await refusal({ DATABASE_URL: 'sqlite:/proc/onboarding/x.db' });

    expect(code).toBe(1);
    expect(text).toMatch(/^The database \/proc\/onboarding\/x\.db cannot be opened or written\. .*\n$/);
  });

  it('says that a database cannot be reached whose password has a percent sign that encodes nothing', async () => {
    const { code, text } = await refusal({ DATABASE_URL: 'postgres://u:100%pw@127.0.0.1:1/db' });

    expect(code).toBe(1);
    expect(text).toMatch(/^The PostgreSQL database of DATABASE_URL .* Nothing listens there: .*\n$/);
  });

  it('says that the database is none', async () => {
    writeFileSync(
      join(folder, 'x.db'),
      'this is not a database, and long enough to be taken for one'.repeat(20),
    );

    const { code, text } = await refusal({ DATABASE_URL: 'sqlite:x.db' });

    expect(code).toBe(1);
    expect(text).toMatch(/^The file x\.db is not a database, or is damaged\. .*\n$/);
  });
});
