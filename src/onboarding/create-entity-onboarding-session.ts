import { z } from 'zod';

import type { Operation } from './effects.ts';

import type {
  CustomerEntitySessionLinks,
  EntityOnboardingSession,
  EntityOnboardingSessions,
} from './entity-onboarding-session.ts';
import { checked, customerId, httpUrl, idempotencyKey, optional, providerId } from './input-rules.ts';
import type { Call } from './provider.ts';
import type { UseCase, WithEffects } from './use-case.ts';

const rules = z.object({
  programId: providerId,
  redirectUrl: httpUrl,
  entityId: optional(providerId),
  customerId: optional(customerId),
  idempotencyKey,
});

type Request = Omit<z.output<typeof rules>, 'idempotencyKey'>;

interface Dependencies extends WithEffects {
  readonly entityOnboardingSessions: EntityOnboardingSessions;
  readonly links: CustomerEntitySessionLinks;
}

/** Creates a hosted session at Increase, and notes the customer whom it is for. */
export function createEntityOnboardingSession({
  effects,
  entityOnboardingSessions,
  links,
}: Dependencies): UseCase<EntityOnboardingSession> {
  async function create({ customerId: customer, ...newSession }: Request, key: string, call: Call) {
    const session = await entityOnboardingSessions.create(newSession, key, call);
    const { id: sessionId, createdAt } = session;
    const writes =
      customer === undefined ? [] : [links.adding({ customerId: customer, sessionId, createdAt })];
    return { result: session, writes, providerId: sessionId };
  }

  const operation: Operation<Request, EntityOnboardingSession> = {
    name: 'createEntityOnboardingSession',
    perform: create,
    // Increase's own advice: send the same with the same key; it answers the session that the first made.
    reconcile: create,
  };

  return {
    operations: [operation],
    async run(input, call) {
      const { idempotencyKey: key, ...request } = checked(rules, input);
      return effects.run(operation, key, request, call);
    },
  };
}
