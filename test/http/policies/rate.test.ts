import { expect, it } from 'vitest';

import { Rate } from '../../../src/http/policies/rate.ts';

it('lets as many through as come where nothing was agreed', () => {
  const rate = new Rate({ perSecond: null, now: () => 0 });

  expect(Array.from({ length: 1_000 }, () => rate.take()).every((waitMs) => waitMs === 0)).toBe(true);
});

it('lets a second’s worth through at once, and then says how long until the next', () => {
  const clock = { now: 0 };
  const rate = new Rate({ perSecond: 4, now: () => clock.now });

  expect(Array.from({ length: 5 }, () => rate.take())).toEqual([0, 0, 0, 0, 250]);
  clock.now = 249;
  expect(rate.take()).toBeGreaterThan(0);
  clock.now = 250;

  expect(rate.take()).toBe(0);
});

it('saves up no more than a second’s worth', () => {
  const clock = { now: 0 };
  const rate = new Rate({ perSecond: 2, now: () => clock.now });

  clock.now = 60_000;

  expect([rate.take(), rate.take(), rate.take()]).toEqual([0, 0, 500]);
});
