import type { Write } from './effect.ts';
import type { Entity } from './entity.ts';
import type { Page, PageRequest } from './page.ts';
import type { Call } from './provider.ts';

export type EntityOnboardingSessionStatus = 'ACTIVE' | 'EXPIRED' | 'UNKNOWN';

/** A hosted onboarding of a business or account holder at Increase. */
export interface EntityOnboardingSession {
  readonly id: string;
  readonly status: EntityOnboardingSessionStatus;
  readonly programId: string;
  /** Given at creation, or set once the submission created an Entity. */
  readonly entityId: string | null;
  readonly redirectUrl: string;
  /** A secret: whoever holds it can fill in the form. Null unless ACTIVE. */
  readonly sessionUrl: string | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface NewEntityOnboardingSession {
  readonly programId: string;
  readonly redirectUrl: string;
  readonly entityId?: string | undefined;
}

/** What a list of sessions is narrowed to. */
export interface EntityOnboardingSessionFilter {
  readonly statusIn?: readonly ('ACTIVE' | 'EXPIRED')[] | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Increase's hosted sessions. A write with the same idempotency key and arguments is carried out once, however often it is sent. */
export interface EntityOnboardingSessions {
  /** Null when Increase knows no such session. */
  get(id: string, call: Call): Promise<EntityOnboardingSession | null>;
  /** Forward only, in no order that could be relied on. @throws {BadUserInput} when Increase no longer knows the cursor. */
  list(
    page: PageRequest,
    filter: EntityOnboardingSessionFilter,
    call: Call,
  ): Promise<Page<EntityOnboardingSession>>;
  /** @throws {Refusal} */
  create(
    session: NewEntityOnboardingSession,
    idempotencyKey: string,
    call: Call,
  ): Promise<EntityOnboardingSession>;
  /** @throws {Refusal} INVALID_STATE when it is not active. */
  expire(id: string, idempotencyKey: string, call: Call): Promise<EntityOnboardingSession>;
  /** Sandbox only. @throws {Refusal} NOT_PERMITTED in production, INVALID_STATE when it is not active. */
  submit(id: string, idempotencyKey: string, call: Call): Promise<EntityOnboardingSession>;
}

/** Which customer a session was created for: Increase is not told. */
export interface CustomerEntitySessionLinks {
  adding(link: { customerId: string; sessionId: string; createdAt: Date }): Write;
  /** The ids of the customer's sessions, newest first. */
  list(page: PageRequest, customerId: string): Promise<Page<string>>;
  /** Those of these sessions that were created for the customer. */
  among(sessionIds: readonly string[], customerId: string): Promise<ReadonlySet<string>>;
}

/**
 * Whether the form was submitted: Increase has no such status, so it is inferred from the Entity that the session names.
 * Null where it cannot be known: the session was opened for an Entity that existed already, or the Entity is not to be had.
 * @param loadEntity asked only where the answer depends on the Entity
 */
export async function wasSubmitted(
  session: EntityOnboardingSession,
  loadEntity: (id: string) => Promise<Entity | null>,
): Promise<boolean | null> {
  if (session.status === 'ACTIVE') return false;
  if (session.entityId === null) return session.status === 'EXPIRED' ? false : null;
  const entity = await loadEntity(session.entityId);
  return entity?.creatingSessionId === session.id ? true : null;
}
