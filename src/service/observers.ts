import type { HttpObserver } from '../http/observer.ts';

/** One observer that tells several. */
export function observers(...all: readonly HttpObserver[]): HttpObserver {
  return {
    attempt: (report) => all.forEach((one) => one.attempt?.(report)),
    call: (report) => all.forEach((one) => one.call?.(report)),
    retry: (route) => all.forEach((one) => one.retry?.(route)),
    budgetSpent: () => all.forEach((one) => one.budgetSpent?.()),
    circuit: (route, state) => all.forEach((one) => one.circuit?.(route, state)),
    deduplicated: (route) => all.forEach((one) => one.deduplicated?.(route)),
    throttled: (forMs) => all.forEach((one) => one.throttled?.(forMs)),
  };
}
