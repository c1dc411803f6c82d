import type {
  CustomerOnboardResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../../__generated__/resolvers.ts';
import { checkedCustomerId, checkedId } from '../../onboarding/input-rules.ts';
import { connection } from '../connections/connection.ts';
import { mutation } from '../answers/payload.ts';

export const Query: Pick<QueryResolvers, 'customerOnboard' | 'customerOnboards'> = {
  customerOnboard: async (_root, { id }, { loaders }) => loaders.customerOnboards.load(checkedId(id)),

  customerOnboards: async (_root, { filter, ...page }, { services }) => {
    const customerId = filter?.customerId ?? undefined;
    const by = customerId === undefined ? {} : { customerId: checkedCustomerId(customerId) };
    const cursors = services.cursors({ name: 'customerOnboards', filter: by });
    return connection((request) => services.customerOnboards.list(request, by), page, cursors);
  },
};

export const Mutation: Pick<MutationResolvers, 'onboardCustomer'> = {
  onboardCustomer: mutation('RELAY', async (input, { services }, call) => ({
    customerOnboard: await services.onboardCustomer(input, call),
  })),
};

export const CustomerOnboard: CustomerOnboardResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.customerOnboards.load(checkedId(id)),

  customer: ({ customerId }) => ({ id: customerId }),
  mobileAnalysisResults: ({ mobileAnalysisResults }) => mobileAnalysisResults && [...mobileAnalysisResults],
};
