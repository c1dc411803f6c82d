import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startMoodyProxy, type MoodyProxy } from './moody-proxy.ts';

export type ProviderName = 'incode' | 'increase' | 'relay';

/** The service as a process of its own, between a load and three providers that can have a bad day. */
export interface Scene {
  /** Of the graph. */
  readonly url: string;
  readonly pid: number;
  readonly providers: Readonly<Record<ProviderName, MoodyProxy>>;
  /** The metric's values, added up over its labels, or of the labels that stand with its name; undefined where there is none. */
  metric(name: string): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** Starts everything, with a database in a folder of its own. */
export async function startScene(env: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-bad-day-'));
  const sandbox = await startSandbox();
  const providers = {
    incode: await startMoodyProxy(sandbox.incode.url),
    increase: await startMoodyProxy(sandbox.increase.url),
    relay: await startMoodyProxy(sandbox.relay.url),
  };
  const service = spawn(process.execPath, [fileURLToPath(new URL('../../src/main.ts', import.meta.url))], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'onboarding.db')}`,
      INCODE_API_KEY: sandbox.incode.apiKey,
      INCODE_BASE_URL: providers.incode.url,
      INCODE_CONFIGURATION_ID: sandbox.incode.configurationId,
      INCREASE_API_KEY: sandbox.increase.apiKey,
      INCREASE_BASE_URL: providers.increase.url,
      RELAY_API_KEY: sandbox.relay.apiKey,
      RELAY_BASE_URL: providers.relay.url,
      RELAY_CLIENT_ID: sandbox.relay.clientId,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await graphIn(service.stdout);
  const { origin } = new URL(url);
  return {
    url,
    pid: service.pid ?? 0,
    providers,
    metric: async (name) => sumOf(await (await fetch(`${origin}/metrics`)).text(), name),
    async stop() {
      service.kill('SIGTERM');
      await new Promise((resolve) => {
        service.once('exit', resolve);
      });
      await Promise.all(Object.values(providers).map((provider) => provider.stop()));
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The service says in its log where the graph is. */
async function graphIn(output: NodeJS.ReadableStream): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  createInterface({ input: output }).on('line', (line) => {
    const url = /The graph is at (http:\S+\/graphql)/.exec(line)?.[1];
    if (url !== undefined) resolve(url);
  });
  return promise;
}

function sumOf(text: string, name: string): number | undefined {
  const values = text.split('\n').flatMap((line) => {
    const [, value] = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`).exec(line) ?? [];
    return value === undefined ? [] : [Number(value)];
  });
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
