import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphqlSync, parse, type GraphQLSchema } from 'graphql';

import type { Resolvers } from '../__generated__/resolvers.ts';
import { enforceAccess } from './access/access.ts';
import { guardWhatIsAnsweredOnce } from './access/answered-once.ts';
import { noteUserErrors } from './answers/user-errors.ts';
import { resolveEntitiesOneByOne } from './entities.ts';
import { withExactIds } from './exact-ids.ts';
import * as customers from './resolvers/customer.ts';
import * as customerOnboards from './resolvers/customer-onboard.ts';
import { IncreaseEntity } from './resolvers/increase-entity.ts';
import * as entityOnboardingSessions from './resolvers/entity-onboarding-session.ts';
import * as onboardingSessions from './resolvers/onboarding-session.ts';
import * as onboardingProviders from './resolvers/onboarding-providers.ts';
import { IncreaseProgram } from './resolvers/increase-program.ts';
import { DateScalar, DateTimeScalar, URLScalar } from './scalars.ts';

const resolvers: Resolvers = {
  Query: {
    ...onboardingSessions.Query,
    ...entityOnboardingSessions.Query,
    ...customerOnboards.Query,
    ...customers.Query,
    ...onboardingProviders.Query,
  },
  Mutation: {
    ...onboardingSessions.Mutation,
    ...entityOnboardingSessions.Mutation,
    ...customerOnboards.Mutation,
  },
  OnboardingSession: onboardingSessions.OnboardingSession,
  EntityOnboardingSession: entityOnboardingSessions.EntityOnboardingSession,
  IncreaseEntity,
  IncreaseProgram,
  CustomerOnboard: customerOnboards.CustomerOnboard,
  Customer: customers.Customer,
  Date: DateScalar,
  DateTime: DateTimeScalar,
  URL: URLScalar,
};

/** The subgraph: `schema.graphql` with its resolvers, and the access that it asks for. */
export function subgraphSchema(): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const guarded = guardWhatIsAnsweredOnce(resolveEntitiesOneByOne(withExactIds(schema)));
  return enforceAccess(noteUserErrors(guarded));
}

/** What `_service { sdl }` answers: the SDL that registries, composers and polling routers take. */
export function subgraphSdl(): string {
  const { data } = graphqlSync({ schema: subgraphSchema(), source: '{ _service { sdl } }' });
  const { _service: service } = data as { _service: { sdl: string } };
  return service.sdl;
}
