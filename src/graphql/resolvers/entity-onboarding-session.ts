import type {
  EntityOnboardingSessionFilter as FilterInput,
  EntityOnboardingSessionResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../../__generated__/resolvers.ts';
import {
  wasSubmitted,
  type EntityOnboardingSession as Session,
  type EntityOnboardingSessionFilter,
} from '../../onboarding/entity-onboarding-session.ts';
import { BadUserInput } from '../../onboarding/errors.ts';
import { checkedId, idempotencyKey } from '../../onboarding/input-rules.ts';
import { connection, type PageSource } from '../connections/connection.ts';
import type { Context } from '../context.ts';
import { mutation } from '../answers/payload.ts';

export const Query: Pick<QueryResolvers, 'entityOnboardingSession' | 'entityOnboardingSessions'> = {
  entityOnboardingSession: async (_root, { id }, { loaders }) =>
    loaders.entityOnboardingSessions.load(checkedId(id)),

  entityOnboardingSessions: async (_root, { filter, ...page }, context) => {
    const by = toFilter(filter);
    const cursors = context.services.cursors({ name: 'entityOnboardingSessions', filter: by });
    return connection(sessionsBy(by, context), page, cursors, 'INCREASE');
  },
};

export const Mutation: Pick<
  MutationResolvers,
  'createEntityOnboardingSession' | 'expireEntityOnboardingSession' | 'submitEntityOnboardingSession'
> = {
  createEntityOnboardingSession: sessionMutation('createEntityOnboardingSession'),
  expireEntityOnboardingSession: sessionMutation('expireEntityOnboardingSession'),
  submitEntityOnboardingSession: sessionMutation('submitEntityOnboardingSession'),
};

export const EntityOnboardingSession: EntityOnboardingSessionResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.entityOnboardingSessions.load(checkedId(id)),

  program: ({ programId }) => ({ id: programId }),
  entity: ({ entityId }) => (entityId === null ? null : { id: entityId }),
  submitted: (session, _arguments, { loaders }) => wasSubmitted(session, (id) => loaders.entities.load(id)),
};

function sessionMutation(name: keyof typeof Mutation) {
  return mutation('INCREASE', async (input, { services, loaders }, call) => {
    const session = await services[name](input, call);
    // What the operation read before may be of before the write.
    loaders.entityOnboardingSessions.clear(session.id).prime(session.id, session);
    return { entityOnboardingSession: session };
  });
}

/** Increase's list; a filter that nothing can match is not worth asking for. */
function sessionsBy(filter: EntityOnboardingSessionFilter, { services, call }: Context): PageSource<Session> {
  if (filter.statusIn?.length === 0) return () => Promise.resolve({ items: [], nextCursor: null });
  return (page) => services.entityOnboardingSessions.list(page, filter, call);
}

/** More than there are, for whoever repeats one. */
const MAX_STATUSES = 10;

function toFilter(filter: FilterInput | null | undefined): EntityOnboardingSessionFilter {
  const key = idempotencyKey.safeParse(filter?.idempotencyKey);
  if (!key.success)
    throw new BadUserInput('`filter.idempotencyKey` must have 1 to 200 printable ASCII characters.');
  if ((filter?.statusIn?.length ?? 0) > MAX_STATUSES) {
    throw new BadUserInput(`\`filter.statusIn\` can hold at most ${MAX_STATUSES} statuses.`);
  }
  // In one order and without repetition, because cursors belong to their filter.
  const statuses = filter?.statusIn && [...new Set(filter.statusIn)].sort();
  return { statusIn: statuses?.map(knownStatus), idempotencyKey: key.data };
}

function knownStatus(status: Session['status']): 'ACTIVE' | 'EXPIRED' {
  if (status === 'UNKNOWN')
    throw new BadUserInput('`filter.statusIn` can hold ACTIVE and EXPIRED, not UNKNOWN.');
  return status;
}
