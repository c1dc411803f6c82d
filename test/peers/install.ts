import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** An address that answers as soon as the programs of others are installed: 200, or 500 and what npm said. */
    readonly installation: string;
  }
}

const folder = new URL('programs/', import.meta.url);

/** Installs the programs of others while the tests run that need none of them. Once: until the lock file changes. */
export default async function install(project: TestProject): Promise<() => void> {
  const npm = isInstalled() ? undefined : startNpm();
  const server = createServer((_request, response) => {
    void (npm?.failure ?? Promise.resolve(null)).then((failure) =>
      response.writeHead(failure === null ? 200 : 500).end(failure ?? ''),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  project.provide('installation', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return () => {
    npm?.stop();
    server.close();
  };
}

/** npm writes its own lock file last. */
function isInstalled(): boolean {
  return changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json');
}

function changedAt(file: string): number {
  return statSync(new URL(file, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Its failure is null where there is none. */
function startNpm(): { failure: Promise<string | null>; stop(): void } {
  const npm = spawn('npm', ['ci'], { cwd: fileURLToPath(folder), shell: process.platform === 'win32' });
  // The tests that run meanwhile must not become slow.
  if (npm.pid !== undefined) setPriority(npm.pid, constants.priority.PRIORITY_LOW);
  let output = '';
  const add = (chunk: Buffer) => {
    output += chunk.toString();
  };
  npm.stdout.on('data', add);
  npm.stderr.on('data', add);
  const failure = new Promise<string | null>((resolve) => {
    npm.on('error', (error) => resolve(`npm did not start: ${error.message}`));
    npm.on('close', (code) =>
      resolve(code === 0 ? null : `npm ci in test/peers/programs ended with ${code}:\n${output}`),
    );
  });
  return {
    failure,
    stop() {
      npm.kill();
    },
  };
}
