import { z } from 'zod';

import type { Operation } from './effects.ts';

import {
  checked,
  customerId,
  httpUrl,
  idempotencyKey,
  languageTag,
  namedValues,
  optional,
  providerId,
} from './input-rules.ts';
import type {
  IdentityChecks,
  NewOnboardingSession,
  OnboardingSession,
  OnboardingSessionStore,
} from './onboarding-session.ts';
import type { UseCase, WithEffects } from './use-case.ts';

/** A session and its token, which is answered once. */
export interface StartedSession {
  readonly session: OnboardingSession;
  readonly token: string;
}

interface Dependencies extends WithEffects {
  readonly identityChecks: IdentityChecks;
  readonly sessions: OnboardingSessionStore;
  /** The Flow of a caller who names none. */
  readonly configurationId: string | undefined;
}

/** Opens a session at Incode. The token is stored before it is returned. */
export function startOnboardingSession({
  effects,
  identityChecks,
  sessions,
  configurationId,
}: Dependencies): UseCase<StartedSession> {
  const rules = z.object({
    configurationId: optional(providerId)
      .transform((id) => id ?? configurationId)
      .pipe(z.string('is required: the service is configured with no INCODE_CONFIGURATION_ID')),
    externalCustomerId: optional(customerId),
    countryCode: optional(
      z.string().regex(/^[a-z]{2,3}$/i, 'must be ALL or an ISO 3166 code of 2 or 3 letters'),
    ).transform((code) => code?.toUpperCase() ?? 'ALL'),
    language: optional(languageTag),
    redirectionUrl: optional(httpUrl),
    customFields: optional(namedValues(1_000)),
    idempotencyKey,
  });

  const operation: Operation<NewOnboardingSession, StartedSession> = {
    name: 'startOnboardingSession',
    whenUnknown:
      "Look for the session in Incode's dashboard before you start another under a new key: each is paid.",
    async perform(request, _key, call) {
      const { id, token } = await identityChecks.start(request, call);
      const session: OnboardingSession = {
        id,
        configurationId: request.configurationId,
        externalCustomerId: request.externalCustomerId ?? null,
        createdAt: new Date(),
        completion: null,
      };
      return { result: { session, token }, writes: [sessions.adding(session, token)], providerId: id };
    },
  };

  return {
    operations: [operation],
    async run(input, call) {
      const { idempotencyKey: key, ...request } = checked(rules, input);
      return effects.run(operation, key, request, call);
    },
  };
}
