import { describe, expect, it } from 'vitest';

import { redirectOf } from '../../src/http/redirect.ts';

const asked = {
  url: new URL('http://api.test/v3/client/7/onboard?a=1'),
  route: '/v3/client/{}/onboard',
};
const redirect = (location: string | string[] | undefined, status = 308) =>
  redirectOf({ status, headers: { location } }, asked);

describe('a redirect to the same path elsewhere', () => {
  it.each([
    ['https://api.test/v3/client/7/onboard?a=1', 'https://api.test'],
    ['http://eu.api.test:8080/v3/client/7/onboard?a=1', 'http://eu.api.test:8080'],
    ['//other.test/v3/client/7/onboard/?a=1#top', 'http://other.test'],
    ['/v3/client/7/onboard/?a=1', 'http://api.test'],
    ['http://api.test/v3//client/7/onboard?a=1', 'http://api.test'],
    ['https://user:secret@api.test/v3/client/7/onboard?a=1', 'https://api.test'],
  ])('is recognised, and told by its route: %s', (location, origin) => {
    expect(redirect(location)).toEqual({
      target: `${origin}/v3/client/{}/onboard`,
      isSamePathElsewhere: true,
    });
  });

  it.each([301, 302, 307, 308])('is recognised with status %d', (status) => {
    expect(redirect('https://api.test/v3/client/7/onboard?a=1', status)?.isSamePathElsewhere).toBe(true);
  });

  it('is no refusal with status 303, which says that something was carried out', () => {
    expect(redirect('https://api.test/v3/client/7/onboard?a=1', 303)?.isSamePathElsewhere).toBe(false);
  });
});

describe('any other redirect', () => {
  it.each([
    ['http://api.test/v3/results/7', 'another path at http://api.test'],
    ['https://login.test/?next=/v3/client/7/onboard', 'another path at https://login.test'],
    ['/v3/client/7/onboard?a=1&status=accepted', 'another path at http://api.test'],
    ['/v3/client/7/onboard?a=1', 'http://api.test/v3/client/{}/onboard'], // to itself: the result may be there
    ['javascript:alert(7)', 'nowhere that could be followed'],
    ['http://[', 'nowhere that could be followed'],
    [undefined, 'nowhere that could be followed'],
    [['/a', '/b'], 'nowhere that could be followed'],
  ])('%j is told without a query or an id', (location, target) => {
    expect(redirect(location)).toEqual({ target, isSamePathElsewhere: false });
  });

  it.each([200, 300, 304, 404])('is none with status %d', (status) => {
    expect(redirect('/', status)).toBeNull();
  });
});
