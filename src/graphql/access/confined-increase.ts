import type {
  EntityOnboardingSession,
  EntityOnboardingSessionFilter,
} from '../../onboarding/entity-onboarding-session.ts';
import { MAX_PAGE_SIZE } from '../../onboarding/page.ts';
import type { Call } from '../../onboarding/provider.ts';
import type { Services } from '../services.ts';
import type { OwnSessions } from './own-sessions.ts';
import { ownOf, requireOwn } from './own.ts';

type Reading = Pick<Services, 'entityOnboardingSessions' | 'entities' | 'programs' | 'links'>;
type Writing = Pick<
  Services,
  'createEntityOnboardingSession' | 'expireEntityOnboardingSession' | 'submitEntityOnboardingSession'
>;

/** What {@link confinedTo} reads at Increase. Programs are nobody's, and stay. */
export function confinedIncrease(
  customerId: string,
  sessions: OwnSessions,
  { entityOnboardingSessions, entities, programs, links }: Reading,
): Reading {
  const own = ownOf(customerId);
  return {
    entityOnboardingSessions: {
      get: async (id, call) => ((await sessions.has(id)) ? entityOnboardingSessions.get(id, call) : null),
      async list(page, filter, call) {
        const { items, nextCursor } = await sessions.list({ ...page, limit: limitOf(page, filter) }, call);
        return { items: items.filter((session) => isMeant(session, filter)), nextCursor };
      },
    },

    entities: {
      get: async (id, call) => ((await sessions.entityIds(call)).has(id) ? entities.get(id, call) : null),
    },

    programs: { get: (id, call) => programs.get(id, call) },

    links: {
      list: async (page, named) => links.list(page, own(named)),
      among: async (ids, named) => links.among(ids, own(named)),
    },
  };
}

/** What {@link confinedTo} writes at Increase. */
export function confinedIncreaseWrites(
  customerId: string,
  sessions: OwnSessions,
  services: Writing,
): Writing {
  const own = ownOf(customerId);
  const ending =
    (end: Writing['expireEntityOnboardingSession']): typeof end =>
    async (input, call) => {
      await requireOwn(input, 'id', (id) => sessions.has(id), 'Increase knows no such session.');
      return end(input, call).finally(() => sessions.forgetWhatWasRead());
    };
  const hasEntity = (call: Call) => async (id: string) => (await sessions.entityIds(call)).has(id);

  return {
    createEntityOnboardingSession: async (input, call) => {
      const { customerId: named, ...rest } = input as { readonly customerId?: unknown };
      await requireOwn(input, 'entityId', hasEntity(call), 'Increase knows no such Entity.');
      return services
        .createEntityOnboardingSession({ ...rest, customerId: own(named) }, call)
        .finally(() => sessions.forgetWhatWasRead());
    },
    expireEntityOnboardingSession: ending(services.expireEntityOnboardingSession),
    submitEntityOnboardingSession: ending(services.submitEntityOnboardingSession),
  };
}

/** Few of many may be meant, so that many are looked at. */
function limitOf({ limit }: { readonly limit: number }, { statusIn, idempotencyKey }: Filter): number {
  return statusIn === undefined && idempotencyKey === undefined ? limit : MAX_PAGE_SIZE;
}

type Filter = EntityOnboardingSessionFilter;

function isMeant(session: EntityOnboardingSession, { statusIn, idempotencyKey }: Filter): boolean {
  return (
    (statusIn === undefined || statusIn.some((status) => status === session.status)) &&
    (idempotencyKey === undefined || idempotencyKey === session.idempotencyKey)
  );
}
