import { describe, expect, it } from 'vitest';

import { path } from '../../src/http/path.ts';

describe('path', () => {
  it('encodes a segment, and keeps a route that can be logged', () => {
    expect(path`/entities/${'a/../b?c=d#é'}/x`).toEqual({
      path: '/entities/a%2F..%2Fb%3Fc%3Dd%23%C3%A9/x',
      route: '/entities/{}/x',
    });
  });

  it.each(['', '.', '..', '\ud800'])('refuses %j', (segment) => {
    expect(() => path`/entities/${segment}`).toThrow(TypeError);
  });
});
