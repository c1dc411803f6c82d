import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from 'vitest';

import { freePort } from './support/free-port.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const children: ChildProcess[] = [];

// Whoever is left over is in npm's group.
afterEach(() => {
  for (const { pid } of children.splice(0)) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // the whole group has ended
    }
  }
});

/** `npm run` in a group of its own, as a terminal or a service manager starts it. */
async function npmRun(script: string, env: Record<string, string>) {
  const port = await freePort();
  const npm = spawn('npm', ['run', script], {
    cwd: root,
    detached: true,
    env: {
      PATH: process.env['PATH'],
      npm_config_update_notifier: 'false',
      PORT: String(port),
      SANDBOX_PORT: String(port),
      DATABASE_URL: 'sqlite::memory:',
      ...env,
    },
  });
  children.push(npm);
  const ended = once(npm, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let output = '';
  npm.stdout.on('data', (text: Buffer) => (output += text.toString()));
  npm.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const isListening = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    return response !== null;
  };
  await expect.poll(isListening, { timeout: 30_000 }).toBe(true);
  return { pid: npm.pid ?? 0, ended, isListening, output: () => output };
}

describe('a script of npm', { timeout: 60_000 }, () => {
  it.each(['start', 'dev', 'sandbox'])(
    'leaves nothing on the port when npm is told to end: %s',
    async (script) => {
      const { pid, ended, isListening } = await npmRun(script, {});

      process.kill(pid, 'SIGTERM');
      await ended;

      expect(await isListening()).toBe(false);
    },
  );

  it('ends with what is in flight done, and 0', async () => {
    const { pid, ended, output } = await npmRun('start', { DRAIN_DELAY_MS: '300' });

    process.kill(pid, 'SIGTERM');

    expect(await ended).toEqual([0, null]);
    expect(output()).toMatch(/still serving for 300 ms[\s\S]*finishing what is in flight/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'takes a %s to the whole group, which npm hands on once more, for one',
    async (signal) => {
      const { pid, ended } = await npmRun('start', { DRAIN_DELAY_MS: '800' });

      process.kill(-pid, signal);

      expect(await ended).toEqual([0, null]);
    },
  );

  it('is told to end in place of its shell; Windows, which has no exec, finds one in the folder', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
      scripts: Record<string, string>;
    };
    const programs = Object.values(scripts).filter(
      (script) => script.includes('node ') && script.includes(' src/'),
    );

    expect(programs).toHaveLength(6);
    expect(programs.filter((script) => !script.startsWith('exec node '))).toEqual([]);
    expect(readFileSync(`${root}/exec.cmd`, 'utf8')).toMatch(/^@rem .*\n@%\*\n$/);
  });
});

describe('the production command', () => {
  it('says on a Node that is too old which one is needed, and how to come by it', async () => {
    const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})';
    const node = spawn(process.execPath, ['--import', old, 'src/start.mjs'], { cwd: root });
    let said = '';
    node.stderr.on('data', (text: Buffer) => (said += text.toString()));

    expect(await once(node, 'close')).toEqual([1, null]);
    expect(said).toMatch(
      /^This is Node 20\.20\.2, and Node 24 or newer is needed\. Install it, or run `npm ci`.*\n$/,
    );
  });
});
