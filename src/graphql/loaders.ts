import DataLoader from 'dataloader';

import type { CustomerOnboard } from '../onboarding/customer-onboard.ts';
import type { EntityOnboardingSession } from '../onboarding/entity-onboarding-session.ts';
import type { Entity } from '../onboarding/entity.ts';
import type {
  OnboardingScore,
  OnboardingSession,
  OnboardingStatus,
  SessionAccess,
} from '../onboarding/onboarding-session.ts';
import type { Program } from '../onboarding/program.ts';
import type { Call } from '../onboarding/provider.ts';
import type { Services } from './services.ts';

/** What one operation reads by id: each thing once, however often it is mentioned. Null where there is none. */
export interface Loaders {
  readonly onboardingSessions: DataLoader<string, OnboardingSession | null>;
  readonly onboardingStatuses: DataLoader<string, OnboardingStatus | null>;
  readonly onboardingScores: DataLoader<string, OnboardingScore | null>;
  readonly entityOnboardingSessions: DataLoader<string, EntityOnboardingSession | null>;
  readonly entities: DataLoader<string, Entity | null>;
  readonly programs: DataLoader<string, Program | null>;
  readonly customerOnboards: DataLoader<string, CustomerOnboard | null>;
}

export function loadersOf(services: Services, call: Call): Loaders {
  const { identityChecks, onboardingSessions, customerOnboards } = services;
  const tokens = new DataLoader((ids: readonly string[]) => onboardingSessions.tokens(ids));
  const withAccess =
    <T>(ask: (access: SessionAccess, call: Call) => Promise<T | null>) =>
    async (id: string): Promise<T | null> => {
      const token = await tokens.load(id);
      return token === null ? null : ask({ id, token }, call);
    };

  return {
    onboardingSessions: new DataLoader((ids) => onboardingSessions.getMany(ids)),
    onboardingStatuses: oneByOne(withAccess((access) => identityChecks.status(access, call))),
    onboardingScores: oneByOne(withAccess((access) => identityChecks.score(access, call))),
    entityOnboardingSessions: oneByOne((id) => services.entityOnboardingSessions.get(id, call)),
    entities: oneByOne((id) => services.entities.get(id, call)),
    programs: oneByOne((id) => services.programs.get(id, call)),
    customerOnboards: new DataLoader((ids) => customerOnboards.getMany(ids)),
  };
}

/** A loader of what has no batch endpoint: the failure of one is its own. */
function oneByOne<T>(load: (id: string) => Promise<T>): DataLoader<string, T> {
  return new DataLoader((ids) =>
    Promise.all(
      ids.map((id) =>
        load(id).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
      ),
    ),
  );
}
