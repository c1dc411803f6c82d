import { z } from 'zod';

import {
  checked,
  customerId,
  httpUrl,
  idempotencyKey,
  namedValues,
  optional,
  providerId,
} from './input-rules.ts';
import type { IdentityChecks, OnboardingSession, OnboardingSessionStore } from './onboarding-session.ts';
import type { Call } from './provider.ts';

interface Dependencies {
  readonly identityChecks: IdentityChecks;
  readonly sessions: OnboardingSessionStore;
  /** The Flow of a caller who names none. */
  readonly configurationId: string | undefined;
}

/** Opens a session at Incode. The token is stored before it is returned. */
export function startOnboardingSession({ identityChecks, sessions, configurationId }: Dependencies) {
  const rules = z.object({
    configurationId: optional(providerId)
      .transform((id) => id ?? configurationId)
      .pipe(z.string('is required: the service is configured with no INCODE_CONFIGURATION_ID')),
    externalCustomerId: optional(customerId),
    countryCode: optional(
      z.string().regex(/^[a-z]{2,3}$/i, 'must be ALL or an ISO 3166 code of 2 or 3 letters'),
    ).transform((code) => code?.toUpperCase() ?? 'ALL'),
    language: optional(
      z.string().regex(/^[a-z]{2}-[A-Z]{2}$/, 'must be a language and a country, for example en-US'),
    ),
    redirectionUrl: optional(httpUrl),
    customFields: optional(namedValues(1_000)),
    idempotencyKey,
  });

  return async (input: unknown, call: Call): Promise<{ session: OnboardingSession; token: string }> => {
    const { idempotencyKey: _key, ...newSession } = checked(rules, input);
    const { id, token } = await identityChecks.start(newSession, call);
    const session: OnboardingSession = {
      id,
      configurationId: newSession.configurationId,
      externalCustomerId: newSession.externalCustomerId ?? null,
      createdAt: new Date(),
      completion: null,
    };
    await sessions.add(session, token);
    return { session, token };
  };
}
