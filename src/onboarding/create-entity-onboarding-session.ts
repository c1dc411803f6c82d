import { z } from 'zod';

import type {
  CustomerEntitySessionLinks,
  EntityOnboardingSession,
  EntityOnboardingSessions,
} from './entity-onboarding-session.ts';
import { checked, customerId, httpUrl, idempotencyKey, optional, providerId } from './input-rules.ts';
import type { Operation } from './operation.ts';
import type { Call } from './provider.ts';
import { refusal } from './refusal.ts';
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
    // A form that was filled in, or is out of time, must not be told as one that waits for somebody.
    async current({ id, idempotencyKey: key }, call) {
      const session = await entityOnboardingSessions.get(id, call);
      if (session) return { ...session, idempotencyKey: key };
      throw refusal(
        'NOT_FOUND',
        'Increase no longer knows the session that was created under this key. Create another under a new key.',
        { field: ['input', 'idempotencyKey'] },
      );
    },
  };

  return {
    operations: [operation],
    async run(input, call) {
      const { idempotencyKey: key, ...request } = checked(rules, input);
      return effects.run(operation, key, request, call);
    },
  };
}
