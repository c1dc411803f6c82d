import { describe, expect, it } from 'vitest';

import { cursorsOf } from '../../../src/graphql/connections/cursor.ts';
import { BadUserInput } from '../../../src/onboarding/errors.ts';

const key = Buffer.alloc(32, 1);
const place = { page: 'page-2', after: { id: 'item-7', index: 3 }, last: null };
const ofAll = cursorsOf([key])({ name: 'items' });

describe('cursors', () => {
  it.each([
    place,
    { page: 'x'.repeat(5_000), after: null, last: null },
    { page: null, after: { id: 'a', index: 0 }, last: null },
    { page: 'page-3', after: null, last: 'item-9' },
  ])('come back as the place they were made of: %j', (there) => {
    expect(ofAll.decode(ofAll.encode(there))).toEqual(there);
  });

  it('survive a rotation of the key while the old one is still known', () => {
    const rotated = cursorsOf([Buffer.alloc(32, 2), key])({ name: 'items' });

    expect(rotated.decode(ofAll.encode(place))).toEqual(place);
  });

  const cursor = ofAll.encode(place);
  it.each([
    ['empty', ''],
    ['not base64', '☃☃☃'],
    ['padded', `${cursor}==`],
    ['truncated', cursor.slice(0, -4)],
    ['altered', `${cursor.slice(0, -4)}AAAA`],
    ['of another list', cursorsOf([key])({ name: 'others' }).encode(place)],
    ['of other filters', cursorsOf([key])({ name: 'items', filter: { status: 'ACTIVE' } }).encode(place)],
    ['signed by an unknown key', cursorsOf([Buffer.alloc(32, 9)])({ name: 'items' }).encode(place)],
    ['huge', 'A'.repeat(1_000_000)],
  ])('are refused when %s', (_what, forged) => {
    expect(() => ofAll.decode(forged)).toThrow(BadUserInput);
  });
});
