import { describe, expect, it } from 'vitest';

import { callersKey, scopedKey } from '../../../src/providers/increase/scoped-key.ts';

const CALLER = 'abcdefgh-_123456';
const OTHER = 'ABCDEFGH-_123456';

describe('a scoped key', () => {
  it('is the key itself where callers are not told apart', () => {
    expect(scopedKey('order-1', '')).toBe('order-1');
    expect(callersKey(`${CALLER}.order-1`, '')).toBe(`${CALLER}.order-1`);
  });

  it('is read back by its caller, and by no other', () => {
    const key = scopedKey('order-1', CALLER);

    expect(callersKey(key, CALLER)).toBe('order-1');
    expect(callersKey(key, OTHER)).toBeNull();
    expect(callersKey('made-elsewhere', OTHER)).toBe('made-elsewhere');
  });

  it('is never longer than Increase takes, and never that of another key', () => {
    const long = 'x'.repeat(184);
    const hashed = scopedKey(long, CALLER);

    expect(scopedKey('x'.repeat(183), CALLER)).toHaveLength(200);
    expect(hashed.length).toBeLessThanOrEqual(200);
    expect(hashed).not.toBe(scopedKey(hashed.slice(CALLER.length + 1), CALLER));
    expect(hashed).not.toBe(scopedKey('x'.repeat(185), CALLER));
    expect(callersKey(hashed, CALLER)).toBeNull();
  });
});
