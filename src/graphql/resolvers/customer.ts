import type { CustomerResolvers, QueryResolvers } from '../../__generated__/resolvers.ts';
import { ProviderUnavailable } from '../../onboarding/errors.ts';
import { connection, withNodes } from '../connections/connection.ts';
import type { Context } from '../context.ts';

export const Query: Pick<QueryResolvers, 'onboardingCustomer'> = {
  onboardingCustomer: (_root, { id }, { services }) => services.customer(id),
};

export const Customer: CustomerResolvers = {
  __resolveReference: async ({ id }, { services }) => services.customer(id),

  onboardingSessions: ({ id }, page, { services }) => {
    const filter = { externalCustomerId: id };
    const cursors = services.cursors({ name: 'onboardingSessions', filter });
    return connection((request) => services.onboardingSessions.list(request, filter), page, cursors);
  },

  entityOnboardingSessions: async ({ id }, page, context) => {
    const { services } = context;
    const cursors = services.cursors({ name: 'Customer.entityOnboardingSessions', filter: { id } });
    const links = await connection(
      async (request) => {
        const { items, nextCursor } = await services.links.list(request, id);
        return { items: items.map((sessionId) => ({ id: sessionId })), nextCursor };
      },
      page,
      cursors,
    );
    return withNodes(links, (link) => linkedSession(link.id, context));
  },

  customerOnboards: ({ id }, page, { services }) => {
    const filter = { customerId: id };
    const cursors = services.cursors({ name: 'customerOnboards', filter });
    return connection((request) => services.customerOnboards.list(request, filter), page, cursors);
  },
};

async function linkedSession(id: string, { loaders }: Context) {
  const session = await loaders.entityOnboardingSessions.load(id);
  if (session) return session;
  // We created it there, so an Increase that does not know it is not the one that we created it at.
  const cause = new Error(`Increase does not know the linked session ${id}`);
  throw new ProviderUnavailable('INCREASE', { outcome: 'NOT_CARRIED_OUT', cause });
}
