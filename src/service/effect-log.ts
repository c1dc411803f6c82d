import type { Logger } from 'pino';

import { StoreUnavailable } from '../onboarding/errors.ts';
import type { EffectEvent } from '../onboarding/settlement.ts';

/** Tells the log what may be lost. An effect goes by its fingerprint, as in the table: keys are the callers' own, and may be personal. */
export function effectLog(logger: Logger): (event: EffectEvent) => void {
  return ({ kind, effect: { operation, fingerprint }, providerId, cause }) => {
    const { level, message } = TOLD[kind];
    const found = providerId === undefined ? {} : { providerId };
    // Its own words are for callers of whom nothing was sent yet.
    const err = cause instanceof StoreUnavailable ? cause.cause : cause;
    logger[level]({ operation, fingerprint, ...found, ...(err !== undefined && { err }) }, message);
  };
}

const TOLD = {
  NOT_STORED_YET: {
    level: 'warn',
    message: 'What became of a mutation could not be stored; it is tried for a minute',
  },
  NOT_STORED: {
    level: 'error',
    message: 'What became of a mutation could not be stored, and what the provider gave is lost',
  },
  TAKEN_OVER_IN_DOUBT: {
    level: 'error',
    message: 'A mutation was left undone, and it is unknown whether it was carried out',
  },
} as const satisfies Record<EffectEvent['kind'], { level: 'warn' | 'error'; message: string }>;
