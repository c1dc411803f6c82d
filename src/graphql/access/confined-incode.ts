import type { Services } from '../services.ts';
import { ownOf, requireOwn } from './own.ts';

type Incode = Pick<
  Services,
  'identityChecks' | 'onboardingSessions' | 'startOnboardingSession' | 'completeOnboardingSession'
>;

/** Incode's part of {@link confinedTo}. */
export function confinedIncode(
  customerId: string,
  { identityChecks, startOnboardingSession, completeOnboardingSession, ...services }: Incode,
): Incode {
  const own = ownOf(customerId);
  const onboardingSessions = sessionsOf(customerId, services.onboardingSessions);
  const isOwn = async (id: string) => (await onboardingSessions.getMany([id]))[0] !== null;
  return {
    onboardingSessions,

    // Both need a session's token, and tokens are only asked for of sessions that were found.
    identityChecks: {
      status: (access, call) => identityChecks.status(access, call),
      score: (access, call) => identityChecks.score(access, call),
    },

    startOnboardingSession: async (input, call) => {
      const { externalCustomerId, ...rest } = input as { readonly externalCustomerId?: unknown };
      return startOnboardingSession({ ...rest, externalCustomerId: own(externalCustomerId) }, call);
    },

    completeOnboardingSession: async (input, call) => {
      await requireOwn(input, 'id', isOwn, 'No such session was started through this graph.');
      return completeOnboardingSession(input, call);
    },
  };
}

type Sessions = Services['onboardingSessions'];

function sessionsOf(customerId: string, sessions: Sessions): Sessions {
  const own = ownOf(customerId);
  return {
    getMany: async (ids) =>
      (await sessions.getMany(ids)).map((session) =>
        session?.externalCustomerId === customerId ? session : null,
      ),
    tokens: (ids) => sessions.tokens(ids),
    list: async (page, { externalCustomerId }) =>
      sessions.list(page, { externalCustomerId: own(externalCustomerId) }),
  };
}
