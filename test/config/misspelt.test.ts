import { expect, it } from 'vitest';

import { VARIABLES } from '../../src/config/config.ts';
import { misspelt } from '../../src/config/misspelt.ts';

it.each([
  ['ROUTER_SERCET', 'ROUTER_SECRET'],
  ['router_secret', 'ROUTER_SECRET'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['AUTH_JWKS_URLS', 'AUTH_JWKS_URL'],
])('%s is nearly %s', (name, meant) => {
  expect(misspelt({ [name]: 'x' }, VARIABLES)).toEqual([[name, meant]]);
});

it.each(['ROUTER_SECRET', 'NODE_ENV', 'CRM_URL', 'PGPASSWORD', 'TZ', 'PATH'])(
  '%s is ours, or nothing like it',
  (name) => {
    expect(misspelt({ [name]: 'x' }, VARIABLES)).toEqual([]);
  },
);

it('no two of ours are taken for each other', () => {
  expect(misspelt(Object.fromEntries(VARIABLES.map((name) => [name, 'x'])), VARIABLES)).toEqual([]);
});
