import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { run } from '../support/process.ts';
import { startOther, startProducts } from './compatibility/subgraphs.ts';
import { apolloGateway, startGateway } from './support/gateways.ts';
import { INSTALL_TIMEOUT_MS, installed } from './support/installed.ts';

const folder = fileURLToPath(new URL('programs/compatibility/', import.meta.url));

beforeAll(installed, INSTALL_TIMEOUT_MS);

describe("Apollo's suite for federated subgraphs", () => {
  it('passes, all 23 tests of it', { timeout: 60_000 }, async () => {
    await using products = await startProducts();
    await using users = await startOther('users');
    await using inventory = await startOther('inventory');
    await using gateway = await startGateway(apolloGateway, [products, users, inventory]);

    const jest = run('test/peers/programs/node_modules/jest/bin/jest.js', {
      cwd: folder,
      env: { CI: 'true', PRODUCTS_URL: products.url, ROUTER_URL: gateway.url },
    });
    await jest.ended;

    expect(jest.output()).toMatch(/^Tests: +23 passed, 23 total$/m);
  });
});
