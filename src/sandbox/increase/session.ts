import { z } from 'zod';
import { sandboxIncrease } from '../seeds.ts';
import { increaseTime } from './increase-time.ts';

/** Documented examples live this long; it is nowhere stated as a rule. */
export const sessionLifeMs = 6 * 60 * 60 * 1000;

export const Session = z.object({
  id: z.string(),
  programId: z.string(),
  entityId: z.string().nullable(),
  redirectUrl: z.string(),
  idempotencyKey: z.string().nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
  /** Submitted, or expired by hand. */
  isEnded: z.boolean(),
});
export type Session = z.output<typeof Session>;

export const sessionStatuses = ['active', 'expired'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** Time alone ends a session as well, so its status is worked out whenever it is read. */
export function statusOf({ isEnded, expiresAt }: Session): SessionStatus {
  return isEnded || expiresAt <= Date.now() ? 'expired' : 'active';
}

/** Created before the first start, so that they stand below what was created since; their lives begin anew with this one. */
export function seededSessions(firstStart: number, now = firstStart): Session[] {
  return sandboxIncrease.sessions.map((seed) => fromSeed(seed, firstStart, now));
}

function fromSeed(
  { createdMinutesAgo, status, ...session }: (typeof sandboxIncrease.sessions)[number],
  firstStart: number,
  now: number,
): Session {
  const agoMs = createdMinutesAgo * 60_000;
  return {
    ...session,
    createdAt: firstStart - agoMs,
    expiresAt: now - agoMs + sessionLifeMs,
    isEnded: status === 'expired',
  };
}

/** The ten fields that Increase sends. `url` is the address of the form, shown only while it can be filled in. */
export function sessionOnWire(session: Session, url: string) {
  const status = statusOf(session);
  return {
    id: session.id,
    type: 'entity_onboarding_session',
    created_at: increaseTime(session.createdAt),
    expires_at: increaseTime(session.expiresAt),
    program_id: session.programId,
    entity_id: session.entityId,
    redirect_url: session.redirectUrl,
    session_url: status === 'active' ? url : null,
    status,
    idempotency_key: session.idempotencyKey,
  };
}
