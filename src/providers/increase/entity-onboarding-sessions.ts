import { z } from 'zod';

import { path } from '../../http/path.ts';
import { BadUserInput, ProviderRefusesService } from '../../onboarding/errors.ts';
import type {
  EntityOnboardingSession,
  EntityOnboardingSessionFilter,
  EntityOnboardingSessions,
} from '../../onboarding/entity-onboarding-session.ts';
import type { Page, PageRequest } from '../../onboarding/page.ts';
import type { Call } from '../../onboarding/provider.ts';
import { refusal } from '../../onboarding/refusal.ts';
import { unread } from '../drift.ts';
import { ifItFits } from '../if-it-fits.ts';
import { wireEnum } from '../open-enum.ts';
import { isAnswerableUrl, isPageUrl } from '../provider-url.ts';
import { RejectedParameters, type IncreaseApi } from './api.ts';
import { callersKey, scopedKey } from './scoped-key.ts';
import { wireDate } from './wire.ts';

const WireSession = z.object({
  id: z.string().min(1),
  created_at: wireDate,
  expires_at: wireDate,
  program_id: z.string().min(1),
  entity_id: z.string().nullable(),
  redirect_url: z.string(),
  session_url: z.string().nullable(),
  status: wireEnum(['ACTIVE', 'EXPIRED']),
  idempotency_key: z.string().nullable(),
});

/** What a write answers: it was carried out, also where what may be null is unreadable. */
const WireWritten = WireSession.extend({
  entity_id: ifItFits(z.string()),
  session_url: ifItFits(z.string()),
  idempotency_key: ifItFits(z.string()),
});
unread(WireSession, 'type');
unread(WireWritten, 'type');

const WirePage = z.object({
  data: z.array(WireSession),
  next_cursor: z
    .string()
    .nullable()
    .transform((cursor) => cursor || null), // an empty one would begin the list again
});

const NO_SUCH_SESSION = { message: 'Increase knows no such session.', field: ['input', 'id'] };

interface Options {
  /** Whether the simulation endpoint may be reached: never in production, and never at Increase's production host. */
  readonly simulations: boolean;
  /** Told of a session one of whose URLs is not answered as it is. */
  readonly onUnusableUrl?: ((sessionId: string) => void) | undefined;
}

export function increaseEntityOnboardingSessions(
  api: IncreaseApi,
  { simulations, onUnusableUrl }: Options,
): EntityOnboardingSessions {
  function fromWire(wire: z.output<typeof WireSession>, { caller }: Call): EntityOnboardingSession {
    const session = sessionFrom(wire, caller);
    const { redirectUrl, sessionUrl } = session;
    const isKept =
      redirectUrl === wire.redirect_url &&
      (session.status !== 'ACTIVE' || sessionUrl === (wire.session_url || null));
    if (!isKept) onUnusableUrl?.(wire.id);
    return session;
  }

  async function pageOf(
    page: PageRequest,
    filter: EntityOnboardingSessionFilter,
    call: Call,
  ): Promise<Page<EntityOnboardingSession>> {
    try {
      const wire = await api.list(WirePage, path`/entity_onboarding_sessions`, toQuery(page, filter), call);
      return { items: wire.data.map((session) => fromWire(session, call)), nextCursor: wire.next_cursor };
    } catch (error) {
      if (!(error instanceof RejectedParameters)) throw error;
      if (page.cursor === null) throw new ProviderRefusesService('INCREASE', error);
      // Everything else in the query was checked before, so it can only be the cursor.
      throw new BadUserInput('This cursor is no longer valid. Start again without `after`.', {
        cause: error,
      });
    }
  }

  return {
    async get(id, call) {
      const wire = await api.get(WireSession, path`/entity_onboarding_sessions/${id}`, call);
      return wire && fromWire(wire, call);
    },

    async list(page, filter, call) {
      const { idempotencyKey } = filter;
      if (idempotencyKey === undefined || page.cursor !== null) return pageOf(page, filter, call);
      const scoped = scopedKey(idempotencyKey, call.caller);
      const found = await pageOf(page, { ...filter, idempotencyKey: scoped }, call);
      // A session that was created elsewhere, or before callers were told apart, has its key as it was given.
      return found.items.length > 0 || scoped === idempotencyKey ? found : pageOf(page, filter, call);
    },

    async create({ programId, redirectUrl, entityId }, idempotencyKey, call) {
      const body = { program_id: programId, redirect_url: redirectUrl, entity_id: entityId };
      const notFound =
        entityId === undefined
          ? { message: 'Increase knows no such program.', field: ['input', 'programId'] }
          : { message: 'Increase knows no such program, or no such Entity.', field: null };
      const request = { body, idempotencyKey: scopedKey(idempotencyKey, call.caller), notFound };
      const wire = await api.post(WireWritten, path`/entity_onboarding_sessions`, request, call);
      return { ...fromWire(wire, call), idempotencyKey };
    },

    async expire(id, idempotencyKey, call) {
      const to = path`/entity_onboarding_sessions/${id}/expire`;
      return fromWire(
        await api.post(WireWritten, to, { idempotencyKey, notFound: NO_SUCH_SESSION }, call),
        call,
      );
    },

    async submit(id, idempotencyKey, call) {
      if (!simulations) {
        throw refusal('NOT_PERMITTED', 'Submitting on behalf of a customer is possible in the sandbox only.');
      }
      const to = path`/simulations/entity_onboarding_sessions/${id}/submit`;
      return fromWire(
        await api.post(WireWritten, to, { idempotencyKey, notFound: NO_SUCH_SESSION }, call),
        call,
      );
    },
  };
}

/** Every session has a `redirectUrl`, and one that must not be followed is not to take the list away that it is in. */
const NOWHERE = 'about:blank';

function sessionFrom(wire: z.output<typeof WireSession>, caller: string): EntityOnboardingSession {
  const isActive = wire.status === 'ACTIVE';
  return {
    id: wire.id,
    status: wire.status,
    programId: wire.program_id,
    entityId: wire.entity_id,
    redirectUrl: isAnswerableUrl(wire.redirect_url) ? wire.redirect_url : NOWHERE,
    sessionUrl: isActive && wire.session_url && isPageUrl(wire.session_url) ? wire.session_url : null,
    idempotencyKey: wire.idempotency_key === null ? null : callersKey(wire.idempotency_key, caller),
    createdAt: wire.created_at,
    expiresAt: wire.expires_at,
  };
}

function toQuery(
  { cursor, limit }: PageRequest,
  { statusIn, idempotencyKey }: EntityOnboardingSessionFilter,
): Record<string, string> {
  return {
    limit: String(limit),
    ...(cursor !== null && { cursor }),
    // One comma-delimited value under a dotted name; repeated parameters or brackets are wrong.
    ...(statusIn && { 'status.in': statusIn.map((value) => value.toLowerCase()).join(',') }),
    ...(idempotencyKey !== undefined && { idempotency_key: idempotencyKey }),
  };
}
