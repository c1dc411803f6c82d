import { expect, it } from 'vitest';

import { RetryBudget } from '../../../src/http/policies/retry-budget.ts';

function budgetAt(clock: { now: number }) {
  let spent = 0;
  const budget = new RetryBudget({
    floorPerSecond: 10,
    share: 0.1,
    now: () => clock.now,
    onSpent: () => {
      spent++;
    },
  });
  const taken = (wanted: number) =>
    Array.from({ length: wanted }, () => budget.take()).filter(Boolean).length;
  const count = (calls: number) => {
    for (let call = 0; call < calls; call++) budget.count();
  };
  return { taken, count, timesSpent: () => spent };
}

it('allows ten a second, however little comes in', () => {
  const clock = { now: 0 };
  const { taken } = budgetAt(clock);

  expect(taken(20)).toBe(10);
  clock.now = 1_000;
  expect(taken(20)).toBe(10);
});

it('allows a tenth of what comes in', () => {
  const { taken, count } = budgetAt({ now: 0 });

  count(500);

  expect(taken(500)).toBe(50);
});

it('tells once that it is spent, and again after a second in which it was not', () => {
  const clock = { now: 0 };
  const { taken, timesSpent } = budgetAt(clock);

  taken(20);
  clock.now = 1_000;
  taken(20);
  expect(timesSpent()).toBe(1);
  clock.now = 5_000;
  taken(20);

  expect(timesSpent()).toBe(2);
});
