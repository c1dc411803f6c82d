import { z } from 'zod';

import type { Operation } from './effects.ts';
import type { EntityOnboardingSession, EntityOnboardingSessions } from './entity-onboarding-session.ts';
import { checked, providerId } from './input-rules.ts';
import type { UseCase, WithEffects } from './use-case.ts';

const rules = z.object({ id: providerId });

interface Dependencies extends WithEffects {
  readonly entityOnboardingSessions: EntityOnboardingSessions;
}

/**
 * Ends a hosted session at Increase: `expire` by hand, or `submit` as its customer would (sandbox only). Every call has a
 * key of its own, so that ending what has ended is refused with INVALID_STATE, while retries of one call are one write.
 */
export function endEntityOnboardingSession(
  how: 'expire' | 'submit',
  { effects, entityOnboardingSessions: sessions }: Dependencies,
): UseCase<EntityOnboardingSession> {
  const operation: Operation<{ id: string }, EntityOnboardingSession> = {
    name: `${how}EntityOnboardingSession`,
    async perform({ id }, key, call) {
      return { result: await sessions[how](id, key, call), writes: [], providerId: id };
    },
    async reconcile({ id }, _key, call) {
      const session = await sessions.get(id, call);
      return session && session.status !== 'ACTIVE' ? { result: session, writes: [], providerId: id } : null;
    },
  };
  return {
    operations: [operation],
    run: async (input, call) => effects.run(operation, undefined, checked(rules, input), call),
  };
}
