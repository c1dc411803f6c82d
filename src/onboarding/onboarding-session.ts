import type { Write } from './effect.ts';
import type { Page, PageRequest } from './page.ts';
import type { Call } from './provider.ts';

export type OnboardingStatus =
  | 'UNKNOWN'
  | 'UNRECOGNIZED'
  | 'ID_VALIDATION_FINISHED'
  | 'ID_VALIDATION_FINISHED_SECOND_ID'
  | 'POST_PROCESSING_FINISHED'
  | 'FACE_VALIDATION_FINISHED'
  | 'GOVERNMENT_VALIDATION_FINISHED'
  | 'ONBOARDING_FINISHED'
  | 'MANUAL_REVIEW_APPROVED'
  | 'MANUAL_REVIEW_REJECTED'
  | 'EXPIRED';

export interface OnboardingScore {
  readonly status: 'OK' | 'WARN' | 'FAIL' | 'MANUAL' | 'UNKNOWN';
  readonly value: string | null;
}

/** An identity check of a person, as the store keeps it. Its status and score are Incode's to tell. */
export interface OnboardingSession {
  /** Incode's interviewId. */
  readonly id: string;
  readonly configurationId: string;
  readonly externalCustomerId: string | null;
  readonly createdAt: Date;
  /** What completing it answered; null until then. */
  readonly completion: (Completion & { readonly completedAt: Date }) | null;
}

/** What Incode answers when a session is completed. */
export interface Completion {
  readonly redirectionUrl: string | null;
  /** An open set: `approved` for one. */
  readonly action: string | null;
}

export interface NewOnboardingSession {
  readonly configurationId: string;
  readonly externalCustomerId?: string | undefined;
  readonly countryCode: string;
  readonly language?: string | undefined;
  readonly redirectionUrl?: string | undefined;
  readonly customFields?: Readonly<Record<string, string>> | undefined;
}

/** Names a session to Incode; the token is a credential. */
export interface SessionAccess {
  readonly id: string;
  readonly token: string;
}

/** Incode's side of a session. */
export interface IdentityChecks {
  /** Not idempotent: every call opens a session. @throws {Refusal} */
  start(session: NewOnboardingSession, call: Call): Promise<SessionAccess>;
  /** A write, although it is a GET at Incode. @throws {Refusal} */
  complete(access: SessionAccess, call: Call): Promise<Completion>;
  /** Null when Incode knows no such session. @throws {SessionOver} when it no longer accepts the token */
  status(access: SessionAccess, call: Call): Promise<OnboardingStatus | null>;
  /** Null when Incode knows no such session. Meaningful once completed. @throws {SessionOver} */
  score(access: SessionAccess, call: Call): Promise<OnboardingScore | null>;
}

/** Our side of the sessions. The token goes in with `adding` and comes out with `tokens`, nowhere else. */
export interface OnboardingSessionStore {
  adding(session: OnboardingSession, token: string): Write;
  completing(id: string, completion: Completion & { completedAt: Date }): Write;
  /** In the order of the ids; null where there is none. */
  getMany(ids: readonly string[]): Promise<(OnboardingSession | null)[]>;
  /** The session tokens, in the order of the ids; null where there is none, an error where it cannot be decrypted. */
  tokens(ids: readonly string[]): Promise<(string | Error | null)[]>;
  /** Newest first. */
  list(
    page: PageRequest,
    filter: { externalCustomerId?: string | undefined },
  ): Promise<Page<OnboardingSession>>;
}

/** Whether Incode's verdict means something: completed through us, or in another way (its SDK, a reviewer). */
export function isCompleted(session: OnboardingSession, status: OnboardingStatus | null): boolean {
  return session.completion !== null || (status !== null && COMPLETED.has(status));
}

const COMPLETED: ReadonlySet<OnboardingStatus> = new Set([
  'ONBOARDING_FINISHED',
  'MANUAL_REVIEW_APPROVED',
  'MANUAL_REVIEW_REJECTED',
]);
