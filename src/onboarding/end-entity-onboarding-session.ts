import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { EntityOnboardingSession, EntityOnboardingSessions } from './entity-onboarding-session.ts';
import { checked, providerId } from './input-rules.ts';
import type { Call } from './provider.ts';

const rules = z.object({ id: providerId });

/**
 * Ends a hosted session at Increase: `expire` by hand, or `submit` as its customer would (sandbox only). The key is new
 * for every call, so that ending what has ended is refused with INVALID_STATE, while retries of one call are one write.
 */
export function endEntityOnboardingSession(sessions: EntityOnboardingSessions, how: 'expire' | 'submit') {
  return async (input: unknown, call: Call): Promise<EntityOnboardingSession> =>
    sessions[how](checked(rules, input).id, randomUUID(), call);
}
