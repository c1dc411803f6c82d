import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { EntityOnboardingSession, EntityOnboardingSessions } from './entity-onboarding-session.ts';
import { checked, idempotencyKey, providerId } from './input-rules.ts';
import type { Operation } from './operation.ts';
import type { UseCase, WithEffects } from './use-case.ts';

const rules = z.object({ id: providerId, idempotencyKey });

interface Dependencies extends WithEffects {
  readonly entityOnboardingSessions: EntityOnboardingSessions;
}

/**
 * Ends a hosted session at Increase: `expire` by hand, or `submit` as its customer would (sandbox only). Without a key every
 * call has one of its own, so that ending what has ended is refused with INVALID_STATE, while retries of one call are one
 * write. With a key that it was ended under, the session is answered as it is.
 */
export function endEntityOnboardingSession(
  how: 'expire' | 'submit',
  { effects, entityOnboardingSessions: sessions }: Dependencies,
): UseCase<EntityOnboardingSession> {
  const name = `${how}EntityOnboardingSession`;
  const operation: Operation<{ id: string }, EntityOnboardingSession> = {
    name,
    async perform({ id }, key, call) {
      const own = keyOf([name, call.caller, key, id]);
      return { result: await sessions[how](id, own, call), writes: [], providerId: id };
    },
    async reconcile({ id }, _key, call) {
      const session = await sessions.get(id, call);
      return session && session.status !== 'ACTIVE' ? { result: session, writes: [], providerId: id } : null;
    },
    current: async (ended, call) => (await sessions.get(ended.id, call)) ?? ended,
  };
  return {
    operations: [operation],
    async run(input, call) {
      const { idempotencyKey: key, id } = checked(rules, input);
      return effects.run(operation, key, { id }, call);
    },
  };
}

/**
 * At Increase all operations, callers and sessions share one set of keys: a caller's own could be another's there, and a key
 * that was free again after a refusal could not be used for another session.
 */
function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
