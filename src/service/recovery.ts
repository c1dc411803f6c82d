import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { Effects } from '../onboarding/effects.ts';
import type { Operation } from '../onboarding/operation.ts';

const RECOVER_EVERY_MS = 10_000;
const LAST_WORDS_MS = 1_000;
const SWEEP_EVERY_MS = 60 * 60 * 1_000;

/**
 * Takes over what processes that died left undone, now and every few seconds, and forgets what is old.
 * @returns ends it, when what is under way has ended
 */
export function keepRecovering(
  effects: Effects,
  operations: readonly Operation<never, unknown>[],
  logger: Logger,
): () => Promise<void> {
  const stopping = new AbortController();
  let underWay: Promise<void> = Promise.resolve();
  const unlessBusy = (work: () => Promise<void>) => () => {
    underWay = underWay.then(work).catch((err: unknown) => {
      logger.warn({ err }, 'What was left undone could not be taken over; it is tried again');
    });
  };
  const recover = unlessBusy(() => effects.recover(operations, stopping.signal));
  const timers = [
    setInterval(recover, RECOVER_EVERY_MS),
    setInterval(
      unlessBusy(() => effects.sweep()),
      SWEEP_EVERY_MS,
    ),
  ];
  for (const timer of timers) timer.unref();
  recover();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    stopping.abort();
    // It may be trying to reach a store that is away; what it holds is taken over by others then.
    await Promise.race([underWay, delay(LAST_WORDS_MS, undefined, { ref: false })]);
  };
}
