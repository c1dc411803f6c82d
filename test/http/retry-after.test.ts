import { describe, expect, it } from 'vitest';

import { retryAfterSeconds } from '../../src/http/retry-after.ts';

const now = Date.parse('2026-11-21T13:00:00Z');
const seconds = (value: string | undefined) => retryAfterSeconds({ headers: { 'retry-after': value } }, now);

describe('retryAfterSeconds', () => {
  it('reads seconds', () => {
    expect(seconds('120')).toBe(120);
  });

  it('reads a date, rounded up to whole seconds', () => {
    expect(seconds('Sat, 21 Nov 2026 13:00:30 GMT')).toBe(30);
    expect(
      retryAfterSeconds({ headers: { 'retry-after': 'Sat, 21 Nov 2026 13:00:30 GMT' } }, now + 500),
    ).toBe(30);
  });

  it.each([undefined, '', '0', '-5', 'soon', '-5x', 'Sat, 21 Nov 2026 12:00:00 GMT'])(
    'is null for %j',
    (value) => {
      expect(seconds(value)).toBeNull();
    },
  );
});
