import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { selfSigned } from '../support/self-signed.ts';

const CLIENT = new URL('../../src/http/', import.meta.url).href;

it('vouches with NODE_EXTRA_CA_CERTS for a provider whom nobody else vouches for', async () => {
  const pair = selfSigned();
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  writeFileSync(join(folder, 'ca.pem'), pair.cert);
  const server = createServer(pair, (_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const program = `
    const { httpClient } = await import('${CLIENT}http-client.ts');
    const { path } = await import('${CLIENT}path.ts');
    const client = httpClient({ baseUrl: 'https://localhost:${(server.address() as AddressInfo).port}' });
    const request = { method: 'GET', to: path\`/\`, headers: {}, repeatable: false, writes: false };
    const answer = client.send(request, { signal: new AbortController().signal });
    console.log(await answer.then(({ status }) => status, ({ message }) => message));
    await client.close();`;
  const run = async (NODE_EXTRA_CA_CERTS: string) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      env,
    });
    return stdout.trim();
  };

  expect(await run(join(folder, 'ca.pem'))).toBe('200');
  expect(await run('')).toBe('CONNECTION, not sent');
  server.close();
  rmSync(folder, { recursive: true });
});
