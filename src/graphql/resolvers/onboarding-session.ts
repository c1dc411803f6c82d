import type {
  MutationResolvers,
  OnboardingSessionResolvers,
  QueryResolvers,
} from '../../__generated__/resolvers.ts';
import { checkedCustomerId, checkedId } from '../../onboarding/input-rules.ts';
import { isCompleted } from '../../onboarding/onboarding-session.ts';
import { connection } from '../connections/connection.ts';
import { mutation } from '../answers/payload.ts';

export const Query: Pick<QueryResolvers, 'onboardingSession' | 'onboardingSessions'> = {
  onboardingSession: async (_root, { id }, { loaders }) => loaders.onboardingSessions.load(checkedId(id)),

  onboardingSessions: async (_root, { filter, ...page }, { services }) => {
    const externalCustomerId = filter?.externalCustomerId ?? undefined;
    const by =
      externalCustomerId === undefined ? {} : { externalCustomerId: checkedCustomerId(externalCustomerId) };
    const cursors = services.cursors({ name: 'onboardingSessions', filter: by });
    return connection((request) => services.onboardingSessions.list(request, by), page, cursors);
  },
};

export const Mutation: Pick<MutationResolvers, 'startOnboardingSession' | 'completeOnboardingSession'> = {
  startOnboardingSession: mutation('INCODE', async (input, { services }, call) => {
    const { session, token } = await services.startOnboardingSession(input, call);
    return { onboardingSession: session, sessionToken: token };
  }),

  completeOnboardingSession: mutation(
    'INCODE',
    async (input, { services, loaders }, call) => {
      const onboardingSession = await services.completeOnboardingSession(input, call);
      loaders.onboardingStatuses.clear(onboardingSession.id);
      loaders.onboardingScores.clear(onboardingSession.id);
      return { onboardingSession };
    },
    { isNamed: () => true }, // without a key by its id
  ),
};

export const OnboardingSession: OnboardingSessionResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.onboardingSessions.load(checkedId(id)),

  customer: ({ externalCustomerId }) => (externalCustomerId === null ? null : { id: externalCustomerId }),

  status: ({ id }, _arguments, { loaders }) => loaders.onboardingStatuses.load(id),

  score: async (session, _arguments, { loaders }) => {
    const status = session.completion ? null : await loaders.onboardingStatuses.load(session.id);
    return isCompleted(session, status) ? loaders.onboardingScores.load(session.id) : null;
  },

  redirectionUrl: ({ completion }) => completion?.redirectionUrl ?? null,
  action: ({ completion }) => completion?.action ?? null,
  completedAt: ({ completion }) => completion?.completedAt ?? null,
};
