import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Executions } from '../executions.ts';
import { structures } from './structure.ts';
import { endedPage, formPage, missingPage } from './form-pages.ts';
import type { IncreaseState } from './increase-state.ts';
import { type Session, statusOf } from './session.ts';
import { formPath, type Operation } from './session-routes.ts';

interface BySecret {
  Params: { secret: string };
}

/** What the form sends. A field that is missing or makes no sense is a corporation's. */
const Form = z.object({ structure: z.enum(structures).catch('corporation') });

/** The form at a `session_url`. No key guards it: its address is the secret. */
export function formRoutes(
  app: FastifyInstance,
  state: IncreaseState,
  executions: Executions<Operation>,
): void {
  const options = { config: { open: true } };

  app.get<BySecret>(`${formPath}/:secret`, options, ({ params }, reply) => {
    const session = sessionOf(params.secret);
    if (session === undefined) return html(reply, 404, missingPage());
    if (statusOf(session) !== 'active') return html(reply, 410, endedPage());
    return html(reply, 200, formPage(session, state.entities.get(session.entityId ?? '')));
  });

  app.post<BySecret>(`${formPath}/:secret`, options, ({ params, body }, reply) => {
    const session = sessionOf(params.secret);
    if (session === undefined) return html(reply, 404, missingPage());
    if (statusOf(session) !== 'active') return html(reply, 410, endedPage());
    const { structure } = Form.parse(body instanceof URLSearchParams ? Object.fromEntries(body) : {});
    executions.count('submit');
    state.submit(session, structure);
    state.save();
    return reply.redirect(backTo(session), 303);
  });

  function sessionOf(secret: string): Session | undefined {
    return state.sessions.get(state.links.sessionIdOf(secret) ?? '');
  }
}

/** The `redirect_url` with two parameters more; what it had stays as it was. */
function backTo({ redirectUrl, id, entityId }: Session): string {
  const url = new URL(redirectUrl);
  const added = new URLSearchParams({
    entity_onboarding_session_id: id,
    entity_id: entityId ?? '',
  }).toString();
  url.search = url.search === '' ? added : `${url.search}&${added}`;
  return url.href;
}

function html(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      // No form-action: browsers apply it to the redirect as well, which leads to wherever the session says.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(page);
}
