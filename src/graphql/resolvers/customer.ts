import type { CustomerResolvers, QueryResolvers } from '../../__generated__/resolvers.ts';
import type { EntityOnboardingSession } from '../../onboarding/entity-onboarding-session.ts';
import type { Page, PageRequest } from '../../onboarding/page.ts';
import { connection } from '../connections/connection.ts';
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

  entityOnboardingSessions: ({ id }, page, context) => {
    const cursors = context.services.cursors({ name: 'Customer.entityOnboardingSessions', filter: { id } });
    return connection((request) => linkedSessions(request, id, context), page, cursors, 'INCREASE');
  },

  customerOnboards: ({ id }, page, { services }) => {
    const filter = { customerId: id };
    const cursors = services.cursors({ name: 'customerOnboards', filter });
    return connection((request) => services.customerOnboards.list(request, filter), page, cursors);
  },
};

/** A page of the sessions that were created for a customer, without those that Increase no longer knows: their links are kept. */
async function linkedSessions(
  page: PageRequest,
  customerId: string,
  { services, loaders }: Context,
): Promise<Page<EntityOnboardingSession>> {
  const { items: ids, nextCursor } = await services.links.list(page, customerId);
  const sessions = await Promise.all(ids.map((id) => loaders.entityOnboardingSessions.load(id)));
  sessions.forEach((session, index) => {
    if (session === null) services.onDeadLink(ids[index]!);
  });
  return { items: sessions.filter((session) => session !== null), nextCursor };
}
