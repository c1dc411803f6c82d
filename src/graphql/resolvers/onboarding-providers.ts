import type { QueryResolvers } from '../../__generated__/resolvers.ts';

export const Query: Pick<QueryResolvers, 'onboardingProviders'> = {
  onboardingProviders: (_root, _arguments, { services }) => [...services.providersHealth()],
};
