import { expect, it } from 'vitest';

import { httpClient } from '../../../src/http/http-client.ts';
import { path } from '../../../src/http/path.ts';
import { startProvider } from '../../support/provider.ts';

it('refuses in under 5 ms, and sends nothing, while a route is broken', async () => {
  await using provider = await startProvider({ status: 500 });
  const client = httpClient({ baseUrl: provider.url, policy: { maxAttempts: 1 } });
  const { signal } = new AbortController();
  const ask = () =>
    client.send(
      { method: 'GET', to: path`/things`, headers: {}, repeatable: true, writes: false },
      { signal },
    );
  for (let turn = 0; turn < 10; turn++) await ask();

  const tookMs: number[] = [];
  for (let turn = 0; turn < 20; turn++) {
    const start = performance.now();
    await expect(ask()).rejects.toThrow('CIRCUIT_OPEN, not sent');
    tookMs.push(performance.now() - start);
  }
  await client.close();

  expect(tookMs.toSorted((a, b) => a - b)[10]).toBeLessThan(5);
  expect(provider.requests).toHaveLength(10);
});
