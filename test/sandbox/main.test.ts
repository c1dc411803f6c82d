import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { sandboxIncode, sandboxIncrease, sandboxRelay } from '../../src/sandbox/seeds.ts';
import { send } from './support/send.ts';

const main = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The process, and what it has said so far. */
function run(sandboxPort?: string) {
  const { SANDBOX_PORT: _, ...env } = process.env;
  const child = spawn(process.execPath, [main], {
    env: sandboxPort === undefined ? env : { ...env, SANDBOX_PORT: sandboxPort },
  });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
  return { child, said, ended: once(child, 'close') as Promise<[number | null, string | null]> };
}

async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  return Promise.race([
    once(server, 'listening').then(() => server),
    once(server, 'error').then(() => undefined),
  ]);
}

/** The first of three ports in a row that are free; none of those that systems hand out by themselves. */
async function threeFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = 15_000 + Math.floor(Math.random() * 10_000);
    const servers = await Promise.all([0, 1, 2].map(async (offset) => listenOn(first + offset)));
    await Promise.all(servers.map(async (server) => server && once(server.close(), 'close')));
    if (servers.every((server) => server !== undefined)) return first;
  }
  throw new Error('no three free ports in a row');
}

describe('npm run sandbox', () => {
  it.for(['SIGTERM', 'SIGINT'] as const)('serves three ports in a row until %s', async (signal) => {
    const port = await threeFreePorts();
    const { child, said, ended } = run(String(port));
    await expect.poll(() => said.stdout, { timeout: 5000 }).toContain('POST /_faults');

    const answers = await Promise.all(
      [0, 1, 2].map(async (offset) => send(`http://127.0.0.1:${port + offset}`, 'GET /')),
    );
    child.kill(signal);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await ended).toEqual([0, null]);
    expect(said.stderr).toBe('');
    for (const { id } of sandboxIncrease.sessions) expect(said.stdout).toContain(id);
    for (const { interviewId } of sandboxIncode.sessions) expect(said.stdout).toContain(interviewId);
  });

  it('says lines that a shell takes as they are, and hands to what it starts', async () => {
    const port = await threeFreePorts();
    const { said } = run(String(port));
    await expect.poll(() => said.stdout, { timeout: 5000 }).toContain('POST /_faults');

    const pasted = said.stdout.split('\n').filter((line) => /^\S+.*_(URL|KEY|ID)=/.test(line));
    const program = `${pasted.join('\n')}\nenv`;
    const { stdout } = spawnSync('sh', ['-c', program], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });

    for (const line of [
      `INCODE_BASE_URL=http://127.0.0.1:${port}`,
      `INCODE_API_KEY=${sandboxIncode.apiKey}`,
      `INCODE_CONFIGURATION_ID=${sandboxIncode.configurationId}`,
      `INCREASE_BASE_URL=http://127.0.0.1:${port + 1}`,
      `INCREASE_API_KEY=${sandboxIncrease.apiKey}`,
      `RELAY_BASE_URL=http://127.0.0.1:${port + 2}/platform/v3/api`,
      `RELAY_API_KEY=${sandboxRelay.apiKey}`,
      `RELAY_CLIENT_ID=${sandboxRelay.clientId}`,
    ]) {
      expect(stdout.split('\n')).toContain(line);
    }
  });

  it('says in one sentence that a port is taken, and which', async () => {
    const port = await threeFreePorts();
    const other = await listenOn(port + 2);
    const { said, ended } = run(String(port));

    expect(await ended).toEqual([1, null]);
    other?.close();
    expect(said.stderr).toBe(
      `Port ${port + 2} is taken: set SANDBOX_PORT to the first of three free ports (it was ${port}).\n`,
    );
    expect(said.stdout).toBe('');
  });

  it.for(['zero', '0', '-1', '4010.5', '65534', ' '])(
    'says in one sentence that %j is no port',
    async (text) => {
      const { said, ended } = run(text);

      expect(await ended).toEqual([1, null]);
      expect(said.stderr).toMatch(/^SANDBOX_PORT must be .+\.\n$/);
      expect(said.stdout).toBe('');
    },
  );
});
