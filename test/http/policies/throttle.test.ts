import { expect, it } from 'vitest';

import { Throttle } from '../../../src/http/policies/throttle.ts';

it('lasts for as long as the other side said', () => {
  const clock = { now: 0 };
  const throttle = new Throttle({ defaultMs: 1_000, now: () => clock.now });

  throttle.begin(7);
  clock.now = 6_999;
  expect(throttle.leftMs).toBe(1);
  clock.now = 7_000;

  expect(throttle.leftMs).toBe(0);
});

it('lasts a second where the other side does not say', () => {
  const throttle = new Throttle({ defaultMs: 1_000, now: () => 0 });

  throttle.begin(null);

  expect(throttle.leftMs).toBe(1_000);
});

it('is not made shorter by a later answer', () => {
  const throttle = new Throttle({ defaultMs: 1_000, now: () => 0 });

  throttle.begin(30);
  throttle.begin(2);

  expect(throttle.leftMs).toBe(30_000);
});

it('is told once, however many answers say so', () => {
  const told: number[] = [];
  const throttle = new Throttle({ defaultMs: 1_000, now: () => 0, onChange: (ms) => told.push(ms) });

  throttle.begin(3);
  throttle.begin(3);

  expect(told).toEqual([3_000]);
});
