import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startSandbox, type WholeSandbox } from '../../../src/sandbox/sandbox.ts';
import { rootOf, send } from './send.ts';

/** A sandbox for the tests of a file, back at its seeds before each of them. */
export function useSandbox(): () => WholeSandbox {
  let sandbox: WholeSandbox | undefined;
  const running = (): WholeSandbox => {
    if (sandbox === undefined) throw new Error('the sandbox runs only within a test');
    return sandbox;
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    const { incode, increase, relay } = running();
    await Promise.all([incode, increase, relay].map(async ({ url }) => send(rootOf(url), 'POST /_reset')));
  });
  afterAll(async () => sandbox?.stop());

  return running;
}
