import { z } from 'zod';

import { path } from '../../http/path.ts';
import { providerId } from '../../onboarding/input-rules.ts';
import type {
  IdentityChecks,
  NewOnboardingSession,
  OnboardingScore,
} from '../../onboarding/onboarding-session.ts';
import type { UserError } from '../../onboarding/refusal.ts';
import { unread } from '../drift.ts';
import { ifItFits } from '../if-it-fits.ts';
import { openEnum } from '../open-enum.ts';
import { isAnswerableUrl } from '../provider-url.ts';
import type { IncodeApi } from './api.ts';

const knownStatus = openEnum(
  [
    'UNKNOWN',
    'ID_VALIDATION_FINISHED',
    'ID_VALIDATION_FINISHED_SECOND_ID',
    'POST_PROCESSING_FINISHED',
    'FACE_VALIDATION_FINISHED',
    'GOVERNMENT_VALIDATION_FINISHED',
    'ONBOARDING_FINISHED',
    'MANUAL_REVIEW_APPROVED',
    'MANUAL_REVIEW_REJECTED',
    'EXPIRED',
  ],
  'UNRECOGNIZED',
);

function onboardingStatus(value: string) {
  // A typo on one page of Incode's documentation: accepted, never emitted.
  return value === 'ONBOADING_FINISHED' ? 'ONBOARDING_FINISHED' : knownStatus(value);
}

const knownScoreStatus = openEnum(['OK', 'WARN', 'FAIL', 'MANUAL', 'UNKNOWN']);

function scoreStatus(value: string | null | undefined) {
  // MANUAL_PENDING and the like have been seen.
  return value?.startsWith('MANUAL') ? 'MANUAL' : knownScoreStatus(value || 'UNKNOWN');
}

// The token goes back in a header, and the id in a query: neither can be just anything.
const WireStart = z.object({ token: z.string().regex(/^[\x21-\x7e]+$/), interviewId: providerId });
// That it was answered is what counts. Incode answers an empty redirectionUrl where the flow redirects nowhere.
const WireCompletion = z.object({
  redirectionUrl: ifItFits(z.string().refine(isAnswerableUrl)),
  action: ifItFits(z.string()),
});
const WireStatus = z.object({ onboardingStatus: z.string().transform(onboardingStatus) });
const WireScore = z.object({
  overall: z.object({
    status: z.string().nullish().transform(scoreStatus),
    value: z.union([z.string(), z.number()]).nullish(),
  }),
});
unread(WireStart, 'interviewCode', 'flowType', 'clientId', 'env', 'existingSession');
unread(WireStart, 'idCaptureTimeout', 'selfieCaptureTimeout', 'idCaptureRetries', 'selfieCaptureRetries');
unread(WireScore, 'idValidation', 'liveness', 'faceRecognition', 'governmentValidation', 'reasonMsg');

const CONFIGURATION = ['input', 'configurationId'];
const REFUSED_START: Readonly<Record<number, UserError>> = {
  400: { code: 'INVALID_INPUT', message: 'Incode does not accept these values.', field: null },
  404: { code: 'NOT_FOUND', message: 'Incode knows no such configuration.', field: CONFIGURATION },
  409: { code: 'CONFLICT', message: 'This contradicts a session that Incode has.', field: null },
};

const SESSION = ['input', 'id'];
const REFUSED_COMPLETION: Readonly<Record<number, UserError>> = {
  400: {
    code: 'INVALID_STATE',
    message: 'The session is in a state that does not allow this.',
    field: SESSION,
  },
  401: {
    code: 'INVALID_STATE',
    message: "The session's token is no longer valid. Start a new session.",
    field: SESSION,
  },
  404: { code: 'NOT_FOUND', message: 'Incode knows no such session.', field: SESSION },
  409: { code: 'CONFLICT', message: 'The session is in a state that does not allow this.', field: SESSION },
};

export function incodeIdentityChecks(api: IncodeApi): IdentityChecks {
  return {
    async start(session, call) {
      const request = { body: toWire(session), refusals: REFUSED_START };
      const { interviewId, token } = await api.write(WireStart, 'POST', path`/omni/start`, request, call);
      return { id: interviewId, token };
    },

    async complete({ id, token }, call) {
      // A GET that mutates: never retried, cached, batched or deduplicated.
      const request = { token, sessionId: id, refusals: REFUSED_COMPLETION };
      const wire = await api.write(WireCompletion, 'GET', path`/omni/finish-status`, request, call);
      return { redirectionUrl: wire.redirectionUrl, action: wire.action || null };
    },

    async status({ id, token }, call) {
      const request = { query: { id }, token, sessionId: id };
      const wire = await api.get(WireStatus, path`/omni/get/onboarding/status`, request, call);
      return wire && wire.onboardingStatus;
    },

    async score({ id, token }, call) {
      const request = { query: { id }, token, sessionId: id };
      const wire = await api.get(WireScore, path`/omni/get/score`, request, call);
      return wire && scoreFromWire(wire);
    },
  };
}

function toWire(session: NewOnboardingSession) {
  const { configurationId, externalCustomerId, countryCode, language, redirectionUrl, customFields } =
    session;
  return { configurationId, externalCustomerId, countryCode, language, redirectionUrl, customFields };
}

function scoreFromWire({ overall }: z.output<typeof WireScore>): OnboardingScore {
  return {
    status: overall.status,
    value: overall.value === null || overall.value === undefined ? null : String(overall.value),
  };
}
