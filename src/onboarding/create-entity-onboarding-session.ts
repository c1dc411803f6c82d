import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type {
  CustomerEntitySessionLinks,
  EntityOnboardingSession,
  EntityOnboardingSessions,
} from './entity-onboarding-session.ts';
import { checked, customerId, httpUrl, idempotencyKey, optional, providerId } from './input-rules.ts';
import type { Call } from './provider.ts';

const rules = z.object({
  programId: providerId,
  redirectUrl: httpUrl,
  entityId: optional(providerId),
  customerId: optional(customerId),
  idempotencyKey,
});

interface Dependencies {
  readonly entityOnboardingSessions: EntityOnboardingSessions;
  readonly links: CustomerEntitySessionLinks;
}

/** Creates a hosted session at Increase, and notes the customer whom it is for. */
export function createEntityOnboardingSession({ entityOnboardingSessions, links }: Dependencies) {
  return async (input: unknown, call: Call): Promise<EntityOnboardingSession> => {
    const { idempotencyKey: key = randomUUID(), customerId: customer, ...newSession } = checked(rules, input);
    const session = await entityOnboardingSessions.create(newSession, key, call);
    if (customer !== undefined) {
      await links.add({ customerId: customer, sessionId: session.id, createdAt: session.createdAt });
    }
    return session;
  };
}
