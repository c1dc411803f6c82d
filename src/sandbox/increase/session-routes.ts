import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Executions } from '../executions.ts';
import { createOperation, type CreateArguments, fingerprintOf } from './idempotency.ts';
import type { IncreaseState } from './increase-state.ts';
import * as refusals from './increase-refusals.ts';
import { parameterProblems, readQuery, SessionsQuery } from './list-query.ts';
import { listOnWire } from './lists.ts';
import { programs } from './program.ts';
import { type Session, sessionOnWire, statusOf } from './session.ts';

export type Operation = 'create' | 'expire' | 'submit';

interface ById {
  Params: { id: string };
}

const CreateBody = z.object({
  program_id: z.string().min(1),
  redirect_url: z.url({ protocol: /^https?$/ }),
  // Left out rather than sent as null.
  entity_id: z.string().min(1).optional(),
});

/** Where the form of a session is served. */
export const formPath = '/hosted';

/** `/entity_onboarding_sessions` and the simulation of a submitted form. */
export function sessionRoutes(
  app: FastifyInstance,
  state: IncreaseState,
  executions: Executions<Operation>,
): void {
  app.get('/entity_onboarding_sessions', ({ url }) => {
    const query = readQuery(SessionsQuery, url);
    const { 'status.in': statuses, idempotency_key: key } = query;
    return listOnWire(
      state.sessions,
      query,
      onWire,
      (session) =>
        (statuses?.includes(statusOf(session)) ?? true) &&
        (key === undefined || session.idempotencyKey === key),
    );
  });

  app.get<ById>('/entity_onboarding_sessions/:id', ({ params }) => onWire(existing(params.id)));

  app.post('/entity_onboarding_sessions', (request, reply) => {
    const args = readCreate(request.body);
    return once(request, reply, fingerprintOf(createOperation, args), (key) => {
      checkIds(args);
      executions.count('create');
      return state.create(args, key);
    });
  });

  app.post<ById>('/entity_onboarding_sessions/:id/expire', (request, reply) =>
    end(request, reply, 'expire', (session) => {
      session.isEnded = true;
    }),
  );

  app.post<ById>('/simulations/entity_onboarding_sessions/:id/submit', (request, reply) =>
    end(request, reply, 'submit', (session) => state.submit(session, 'corporation')),
  );

  /** Guess: only an active session can be ended. */
  function end(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    operation: 'expire' | 'submit',
    carryOut: (session: Session) => void,
  ) {
    const { id } = request.params;
    return once(request, reply, fingerprintOf(`${operation} ${id}`), () => {
      const session = existing(id);
      if (statusOf(session) !== 'active') throw refusals.invalidOperation('The session is not active.');
      executions.count(operation);
      carryOut(session);
      return session;
    });
  }

  /** Carries out a POST, or answers with what the same key led to before. A refusal does not use a key up. */
  function once(
    request: FastifyRequest,
    reply: FastifyReply,
    fingerprint: string,
    carryOut: (key: string | null) => Session,
  ) {
    const key = idempotencyKeyOf(request);
    const used = key === null ? undefined : state.usedKey(key);
    if (used !== undefined) {
      if (used.fingerprint !== fingerprint) throw refusals.idempotencyKeyAlreadyUsed(used.resourceId);
      void reply.header('Idempotent-Replayed', 'true');
      return onWire(existing(used.resourceId));
    }
    const session = carryOut(key);
    if (key !== null) state.useKey({ key, fingerprint, resourceId: session.id });
    state.save();
    return onWire(session);
  }

  function existing(id: string): Session {
    const session = state.sessions.get(id);
    if (session === undefined) throw refusals.objectNotFound('entity onboarding session');
    return session;
  }

  /** Guess: an id that nobody knows is answered as an object that is not found. */
  function checkIds({ program_id, entity_id }: CreateArguments): void {
    if (!programs.some(({ id }) => id === program_id)) throw refusals.objectNotFound('program');
    if (entity_id !== undefined && !state.entities.get(entity_id)) throw refusals.objectNotFound('entity');
  }

  function onWire(session: Session) {
    return sessionOnWire(session, `${app.listeningOrigin}${formPath}/${state.links.of(session.id)}`);
  }
}

function readCreate(body: unknown): CreateArguments {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusals.malformedRequest();
  const { success, data, error } = CreateBody.safeParse(body);
  if (!success) throw refusals.invalidParameters(parameterProblems(error));
  return data;
}

function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 200) return key;
  throw refusals.invalidParameters([{ field: 'Idempotency-Key', message: 'must have 1 to 200 characters' }]);
}
