import type { IncreaseEntityResolvers } from '../../__generated__/resolvers.ts';
import { checkedId } from '../../onboarding/input-rules.ts';

export const IncreaseEntity: IncreaseEntityResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.entities.load(checkedId(id)),

  structure: async ({ id }, _arguments, { loaders }) => (await loaders.entities.load(id))?.structure ?? null,
  status: async ({ id }, _arguments, { loaders }) => (await loaders.entities.load(id))?.status ?? null,
  validationStatus: async ({ id }, _arguments, { loaders }) =>
    (await loaders.entities.load(id))?.validationStatus ?? null,
  creatingSession: async ({ id }, _arguments, { loaders }) => {
    const sessionId = (await loaders.entities.load(id))?.creatingSessionId;
    return sessionId ? loaders.entityOnboardingSessions.load(sessionId) : null;
  },
  createdAt: async ({ id }, _arguments, { loaders }) => (await loaders.entities.load(id))?.createdAt ?? null,
};
