import { z } from 'zod';

import { checked, idempotencyKey, providerId } from './input-rules.ts';
import type { IdentityChecks, OnboardingSession, OnboardingSessionStore } from './onboarding-session.ts';
import type { Call } from './provider.ts';
import { refusal } from './refusal.ts';

const rules = z.object({ id: providerId, idempotencyKey });

interface Dependencies {
  readonly identityChecks: IdentityChecks;
  readonly sessions: OnboardingSessionStore;
}

/** Completes a session at Incode, once: a session that was completed is answered as it is, and nothing is sent. */
export function completeOnboardingSession({ identityChecks, sessions }: Dependencies) {
  return async (input: unknown, call: Call): Promise<OnboardingSession> => {
    const { id } = checked(rules, input);
    const [[session], [token]] = await Promise.all([sessions.getMany([id]), sessions.tokens([id])]);
    if (!session || !token) {
      throw refusal('NOT_FOUND', 'No such session was started through this graph.', {
        field: ['input', 'id'],
      });
    }
    if (session.completion) return session;

    const completion = { ...(await identityChecks.complete({ id, token }, call)), completedAt: new Date() };
    await sessions.complete(id, completion);
    return { ...session, completion };
  };
}
