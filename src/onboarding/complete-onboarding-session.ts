import { z } from 'zod';

import type { Done, Operation } from './operation.ts';
import { checked, idempotencyKey, providerId } from './input-rules.ts';
import {
  isCompleted,
  type Completion,
  type IdentityChecks,
  type OnboardingSession,
  type OnboardingSessionStore,
} from './onboarding-session.ts';
import { refusal } from './refusal.ts';
import type { UseCase, WithEffects } from './use-case.ts';

const rules = z.object({ id: providerId, idempotencyKey });

interface Dependencies extends WithEffects {
  readonly identityChecks: IdentityChecks;
  readonly sessions: OnboardingSessionStore;
}

/** Completes a session at Incode, once: a session that was completed is answered as it is, and nothing is sent. */
export function completeOnboardingSession({
  effects,
  identityChecks,
  sessions,
}: Dependencies): UseCase<OnboardingSession> {
  async function known(id: string): Promise<{ session: OnboardingSession; token: string }> {
    const [[session], [token]] = await Promise.all([sessions.getMany([id]), sessions.tokens([id])]);
    if (token instanceof Error) throw token;
    if (session && token) return { session, token };
    throw refusal('NOT_FOUND', 'No such session was started through this graph.', { field: ['input', 'id'] });
  }

  function completed(session: OnboardingSession, answer: Completion): Done<OnboardingSession> {
    const completion = { ...answer, completedAt: new Date() };
    return {
      result: { ...session, completion },
      writes: [sessions.completing(session.id, completion)],
      providerId: session.id,
    };
  }

  const operation: Operation<{ id: string }, OnboardingSession> = {
    name: 'completeOnboardingSession',
    isShared: true,
    async perform({ id }, _key, call) {
      const { session, token } = await known(id);
      return completed(session, await identityChecks.complete({ id, token }, call));
    },
    async reconcile({ id }, _key, call) {
      const { session, token } = await known(id);
      const status = await identityChecks.status({ id, token }, call);
      // What Incode answered is lost, and asking again would complete it again.
      return isCompleted(session, status) ? completed(session, { redirectionUrl: null, action: null }) : null;
    },
    async current(session) {
      const [current] = await sessions.getMany([session.id]);
      return current ?? session;
    },
  };

  /** Under a caller's key. The session itself goes on being completed once, whatever keys it is completed under. */
  const keyed: typeof operation = {
    ...operation,
    name: `${operation.name}/key`,
    isShared: false,
    async perform({ id }, _key, call) {
      return { result: await effects.run(operation, id, { id }, call), writes: [] };
    },
  };

  return {
    operations: [operation, keyed],
    async run(input, call) {
      const { id, idempotencyKey: key } = checked(rules, input);
      const { session } = await known(id);
      if (session.completion) return session;
      return key === undefined
        ? effects.run(operation, id, { id }, call)
        : effects.run(keyed, key, { id }, call);
    },
  };
}
