import type { EntityOnboardingSession } from '../../onboarding/entity-onboarding-session.ts';
import { Forbidden } from '../../onboarding/errors.ts';
import { providerId } from '../../onboarding/input-rules.ts';
import { MAX_PAGE_SIZE } from '../../onboarding/page.ts';
import type { Call } from '../../onboarding/provider.ts';
import { refusal } from '../../onboarding/refusal.ts';
import type { Services } from '../services.ts';

/**
 * The services as one customer may use them: what is another's is not there, and naming another customer is forbidden.
 * Programs are nobody's, and stay.
 */
export function confinedTo(customerId: string, services: Services): Services {
  const { onboardingSessions, customerOnboards, entityOnboardingSessions, entities, links } = services;

  /** The customer who is named, or meant. @throws {Forbidden} for another */
  function own(id: unknown): string {
    if (id !== undefined && id !== null && id !== customerId) {
      throw new Forbidden("Your access token is for one customer's data, and this is another's.");
    }
    return customerId;
  }

  const isOwnSession = async (id: string) => (await links.among([id], customerId)).has(id);

  /** A malformed id is left to the mutation's own rules. */
  async function requireOwnSession(input: unknown): Promise<void> {
    const { success, data: id } = providerId.safeParse((input as { id?: unknown }).id);
    if (success && !(await isOwnSession(id))) {
      throw refusal('NOT_FOUND', 'Increase knows no such session.', { field: ['input', 'id'] });
    }
  }

  // Each session is read once, however many lists of one operation it is in; until a mutation changes one.
  const read = new Map<string, Promise<EntityOnboardingSession | null>>();
  let ownEntityIds: Promise<ReadonlySet<string | null>> | undefined;
  const forgetWhatWasRead = () => {
    read.clear();
    ownEntityIds = undefined;
  };

  function sessionOf(id: string, call: Call): Promise<EntityOnboardingSession | null> {
    const session = read.get(id) ?? entityOnboardingSessions.get(id, call);
    read.set(id, session);
    return session;
  }

  async function sessionsOf(ids: readonly string[], call: Call): Promise<EntityOnboardingSession[]> {
    const sessions = await Promise.all(ids.map((id) => sessionOf(id, call)));
    return sessions.filter((session) => session !== null);
  }

  /** The Entities of the customer's newest sessions, which is as many as one is likely ever to have. */
  function entityIdsOf(call: Call): Promise<ReadonlySet<string | null>> {
    ownEntityIds ??= links
      .list({ cursor: null, limit: MAX_PAGE_SIZE }, customerId)
      .then(({ items }) => sessionsOf(items, call))
      .then((sessions) => new Set(sessions.map(({ entityId }) => entityId)));
    return ownEntityIds;
  }

  const confined: Services = {
    ...services,

    cursors: ({ name, filter }) => services.cursors({ name, filter: { customerId, filter } }),

    customer(id) {
      const customer = services.customer(id); // a representation without an id means nobody
      own(customer.id);
      return customer;
    },

    onboardingSessions: {
      ...onboardingSessions,
      getMany: async (ids) =>
        (await onboardingSessions.getMany(ids)).map((session) =>
          session?.externalCustomerId === customerId ? session : null,
        ),
      list: async (page, { externalCustomerId }) =>
        onboardingSessions.list(page, { externalCustomerId: own(externalCustomerId) }),
    },

    customerOnboards: {
      ...customerOnboards,
      getMany: async (ids) =>
        (await customerOnboards.getMany(ids)).map((onboard) =>
          onboard?.customerId === customerId ? onboard : null,
        ),
      list: async (page, filter) => customerOnboards.list(page, { customerId: own(filter.customerId) }),
    },

    entityOnboardingSessions: {
      ...entityOnboardingSessions,
      get: async (id, call) => ((await isOwnSession(id)) ? entityOnboardingSessions.get(id, call) : null),
      // Increase does not know whose a session is, so the customer's are read one by one.
      async list(page, { statusIn, idempotencyKey }, call) {
        const isNarrowed = statusIn !== undefined || idempotencyKey !== undefined;
        const limit = isNarrowed ? MAX_PAGE_SIZE : page.limit;
        const { items, nextCursor } = await links.list({ ...page, limit }, customerId);
        const sessions = await sessionsOf(items, call);
        const isMeant = (session: EntityOnboardingSession) =>
          (statusIn === undefined || statusIn.some((status) => status === session.status)) &&
          (idempotencyKey === undefined || idempotencyKey === session.idempotencyKey);
        return { items: sessions.filter(isMeant), nextCursor };
      },
    },

    entities: {
      get: async (id, call) => ((await entityIdsOf(call)).has(id) ? entities.get(id, call) : null),
    },

    links: { ...links, list: async (page, id) => links.list(page, own(id)) },

    startOnboardingSession: async (input, call) => {
      const { externalCustomerId, ...rest } = input as { externalCustomerId?: unknown };
      return services.startOnboardingSession({ ...rest, externalCustomerId: own(externalCustomerId) }, call);
    },

    completeOnboardingSession: async (input, call) => {
      const { success, data: id } = providerId.safeParse((input as { id?: unknown }).id);
      if (success && !(await confined.onboardingSessions.getMany([id]))[0]) {
        throw refusal('NOT_FOUND', 'No such session was started through this graph.', {
          field: ['input', 'id'],
        });
      }
      return services.completeOnboardingSession(input, call);
    },

    createEntityOnboardingSession: async (input, call) => {
      const { customerId: named, ...rest } = input as { customerId?: unknown; entityId?: unknown };
      const { success, data: entityId } = providerId.safeParse(rest.entityId);
      if (success && !(await entityIdsOf(call)).has(entityId)) {
        throw refusal('NOT_FOUND', 'Increase knows no such Entity.', { field: ['input', 'entityId'] });
      }
      const newSession = { ...rest, customerId: own(named) };
      return services.createEntityOnboardingSession(newSession, call).finally(forgetWhatWasRead);
    },

    expireEntityOnboardingSession: async (input, call) => {
      await requireOwnSession(input);
      return services.expireEntityOnboardingSession(input, call).finally(forgetWhatWasRead);
    },

    submitEntityOnboardingSession: async (input, call) => {
      await requireOwnSession(input);
      return services.submitEntityOnboardingSession(input, call).finally(forgetWhatWasRead);
    },

    onboardCustomer: async (input, call) => {
      own((input as { customer?: { id?: unknown } }).customer?.id);
      return services.onboardCustomer(input, call);
    },
  };
  return confined;
}
