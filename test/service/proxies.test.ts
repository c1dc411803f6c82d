import { expect, it } from 'vitest';

import { startConnectProxy } from '../support/connect-proxy.ts';
import { startService } from '../support/service.ts';

it('reaches a provider on this machine without the proxy that is set', async () => {
  await using proxy = await startConnectProxy('refuses');
  await using service = await startService({ proxy: { httpProxy: proxy.url, httpsProxy: proxy.url } });

  const { errors } = await service.query('{ entityOnboardingSessions(first: 1) { nodes { id } } }');

  expect(errors).toBeUndefined();
  expect(proxy.asked).toEqual([]);
});
