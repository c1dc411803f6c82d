import type { IncreaseProgramResolvers } from '../../__generated__/resolvers.ts';
import { checkedId } from '../../onboarding/input-rules.ts';

export const IncreaseProgram: IncreaseProgramResolvers = {
  __resolveReference: async ({ id }, { loaders }) => loaders.programs.load(checkedId(id)),

  name: async ({ id }, _arguments, { loaders }) => (await loaders.programs.load(id))?.name ?? null,
  bank: async ({ id }, _arguments, { loaders }) => (await loaders.programs.load(id))?.bank ?? null,
  createdAt: async ({ id }, _arguments, { loaders }) => (await loaders.programs.load(id))?.createdAt ?? null,
  updatedAt: async ({ id }, _arguments, { loaders }) => (await loaders.programs.load(id))?.updatedAt ?? null,
};
