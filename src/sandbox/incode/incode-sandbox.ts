import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Executions } from '../executions.ts';
import type { ProviderSandbox } from '../provider-server.ts';
import { sandboxIncode } from '../seeds.ts';
import type { SavedState } from '../state-file.ts';
import { finishOf, type IncodeSession, scoreOf } from './incode-session.ts';
import { IncodeSessions } from './incode-sessions.ts';
import * as refusals from './incode-refusals.ts';
import { StartBody } from './start-body.ts';

interface ById {
  Querystring: { id?: unknown };
}

/** Incode's onboarding sessions: start, status, finish, score. */
export function incodeSandbox(saved: SavedState): ProviderSandbox {
  const sessions = new IncodeSessions(saved);
  const executions = new Executions(['start', 'finish']);

  return {
    about: 'This is the sandbox of Incode: it behaves as Incode does, and no person is checked.',
    executions,
    refusals: {
      malformed: () => refusals.badRequest('The body is not JSON.'),
      unknownRoute: refusals.unknownRoute,
      broken: refusals.broken,
    },
    admit({ headers }) {
      if (headers['x-api-key'] !== sandboxIncode.apiKey) throw refusals.keyRefused();
      if (headers['api-version'] !== '1.0') throw refusals.badRequest('The header api-version must be 1.0.');
    },
    errorBody: ({ body }, { url }) => ({ timestamp: Date.now(), ...body, path: url.split('?', 1)[0] }),
    reset: () => sessions.reset(),
    routes(app: FastifyInstance) {
      app.post('/omni/start', ({ body }) => start(body));
      app.get<ById>('/omni/finish-status', (request) => finish(opened(request)));
      app.get<ById>('/omni/get/onboarding/status', (request) => ({
        onboardingStatus: sessions.readStatus(askedFor(request)),
      }));
      app.get<ById>('/omni/get/score', (request) => scoreOf(askedFor(request)));
    },
  };

  function start(body: unknown): unknown {
    const parsed = StartBody.safeParse(body);
    if (!parsed.success) throw refusals.badRequest(sentence(parsed.error.issues));
    const { configurationId, interviewId, externalCustomerId = null, redirectionUrl = null } = parsed.data;
    if (configurationId !== sandboxIncode.configurationId) throw refusals.unknownConfiguration();
    const earlier = interviewId === undefined ? undefined : existing(interviewId);
    const { session, token } = earlier
      ? sessions.reopen(earlier)
      : sessions.start({ configurationId, externalCustomerId, redirectionUrl });
    executions.count('start');
    return started(session, token, earlier !== undefined);
  }

  /** Guess: finishing what is finished changes nothing and answers the same. */
  function finish(session: IncodeSession): unknown {
    if (session.status === 'EXPIRED') throw refusals.sessionExpired();
    if (session.score === null) {
      sessions.finish(session);
      executions.count('finish');
    }
    return finishOf(session);
  }

  /** The session of the token; an id beside it must be the id of that session. */
  function opened({ headers, query }: FastifyRequest<ById>): IncodeSession {
    const token = headers['x-incode-hardware-id'];
    const session = typeof token === 'string' ? sessions.openedBy(token) : undefined;
    if (session === undefined) throw refusals.tokenRefused();
    if (query.id === undefined) return session;
    if (typeof query.id !== 'string') throw refusals.badRequest('The id must be given once.');
    if (existing(query.id) !== session) throw refusals.tokenRefused();
    return session;
  }

  function askedFor(request: FastifyRequest<ById>): IncodeSession {
    const session = opened(request);
    if (request.query.id === undefined) throw refusals.badRequest('The id is missing.');
    return session;
  }

  function existing(interviewId: string): IncodeSession {
    const session = sessions.get(interviewId);
    if (session === undefined) throw refusals.unknownSession();
    return session;
  }
}

function started({ interviewId }: IncodeSession, token: string, existingSession: boolean): unknown {
  return {
    token,
    interviewId,
    interviewCode: interviewId.slice(-8).toUpperCase(),
    flowType: 'flow',
    clientId: 'sandbox',
    env: 'demo',
    existingSession,
    idCaptureTimeout: 60,
    selfieCaptureTimeout: 60,
    idCaptureRetries: 3,
    selfieCaptureRetries: 3,
  };
}

function sentence(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`).join('; ');
}
