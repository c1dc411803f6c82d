import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { sandboxIncrease } from '../../src/sandbox/seeds.ts';
import { increase, newSession } from '../sandbox/support/increase.ts';
import { run } from '../support/process.ts';
import { startService, type Service } from '../support/service.ts';
import { INSTALL_TIMEOUT_MS, installed } from './support/installed.ts';

const SESSIONS = 1_000;

const stack = new AsyncDisposableStack();
let service: Service;
/** Of all sessions at Increase. */
const ids = new Set(sandboxIncrease.sessions.map(({ id }) => id));

beforeAll(async () => {
  const sandbox = await startSandbox();
  stack.defer(() => sandbox.stop());
  while (ids.size < SESSIONS) {
    const { body } = await increase(sandbox, 'POST /entity_onboarding_sessions', { body: newSession });
    ids.add(body.id);
  }
  const { url: baseUrl, apiKey } = sandbox.increase;
  service = stack.use(await startService({ increase: { baseUrl, apiKey } }));
  await installed();
}, INSTALL_TIMEOUT_MS);
afterAll(() => stack.disposeAsync());

describe.each([
  ['Apollo Client with relayStylePagination', 'apollo-client'],
  ['urql with relayPagination', 'urql'],
])('%s', (_name, program) => {
  it(`has each of ${SESSIONS} sessions once after walking the list`, async () => {
    const client = run(`test/peers/programs/${program}.ts`, {
      cwd: fileURLToPath(new URL('programs/', import.meta.url)),
      env: { GRAPH_URL: service.url },
    });

    const [line] = await client.printed(/^\[.*\]$/m);
    client.kill('SIGKILL');

    const walked = JSON.parse(line) as string[];
    expect(walked).toHaveLength(SESSIONS);
    expect(new Set(walked)).toEqual(ids);
  });
});
