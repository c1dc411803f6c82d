import { z } from 'zod';

import { canonicalTexts } from './canonical.ts';
import {
  checked,
  customerId,
  httpUrl,
  idempotencyKey,
  languageTag,
  namedValues,
  optional,
  providerId,
  unlessDefault,
} from './input-rules.ts';
import type {
  IdentityChecks,
  NewOnboardingSession,
  OnboardingSession,
  OnboardingSessionStore,
} from './onboarding-session.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';
import type { UseCase, WithEffects } from './use-case.ts';

const rules = z.object({
  configurationId: optional(providerId),
  externalCustomerId: optional(customerId),
  countryCode: optional(
    z.string().regex(/^[a-z]{2,3}$/i, 'must be ALL or an ISO 3166 code of 2 or 3 letters'),
  ).transform((code) => unlessDefault('ALL')(code?.toUpperCase())),
  language: optional(languageTag),
  redirectionUrl: optional(httpUrl),
  customFields: optional(namedValues(1_000)),
  idempotencyKey,
});

type Words = Omit<z.output<typeof rules>, 'idempotencyKey'>;

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
  const operation: Operation<Words, StartedSession> = {
    name: 'startOnboardingSession',
    whenUnknown:
      "Look for the session in Incode's dashboard before you start another under a new key: each is paid.",
    async perform(words, _key, call) {
      const request = requestOf(words, configurationId);
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
    async current({ session, token }) {
      const [current] = await sessions.getMany([session.id]);
      return { session: current ?? session, token };
    },
    otherTexts,
  };

  return {
    operations: [operation],
    async run(input, call) {
      const { idempotencyKey: key, ...words } = checked(rules, input);
      return effects.run(operation, key, words, call);
    },
  };
}

/** Who names no Flow means the one that it was started with, whichever is the default now. */
function otherTexts(words: Words, { session: { configurationId } }: StartedSession): string[] {
  if ((words.configurationId ?? configurationId) !== configurationId) return [];
  const { configurationId: _named, ...others } = words;
  // Earlier versions made the fingerprint of what they sent.
  const sent = JSON.stringify(requestOf(words, configurationId));
  return [...canonicalTexts(others), ...canonicalTexts({ ...others, configurationId }), sent];
}

/** What is sent, in an order that other texts depend on. @throws {Refusal} where no Flow is named and there is no default */
function requestOf(
  { configurationId: named, externalCustomerId, countryCode = 'ALL', ...others }: Words,
  standard: string | undefined,
): NewOnboardingSession {
  const configurationId = named ?? standard;
  if (configurationId === undefined) {
    throw refusal(
      'INVALID_INPUT',
      'configurationId is required: the service is configured with no INCODE_CONFIGURATION_ID.',
      { field: ['input', 'configurationId'] },
    );
  }
  return { configurationId, externalCustomerId, countryCode, ...others };
}
