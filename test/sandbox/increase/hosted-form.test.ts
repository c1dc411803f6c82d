import { describe, expect, it } from 'vitest';
import { seededEntities } from '../../../src/sandbox/increase/entity.ts';
import { formPage } from '../../../src/sandbox/increase/form-pages.ts';
import { seededSessions } from '../../../src/sandbox/increase/session.ts';
import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import { increase, newSession, sessionNumber, type WireSession } from '../support/increase.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();
const structure = 'natural_person';

async function create(more: Record<string, unknown> = {}): Promise<WireSession & { session_url: string }> {
  const { body } = await increase(sandbox(), 'POST /entity_onboarding_sessions', {
    body: { ...newSession, ...more },
  });
  return { ...body, session_url: body.session_url ?? '' };
}

async function submit(url: string, fields: Record<string, string> = { structure }): Promise<Response> {
  return fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
}

async function retrieve(id: string): Promise<WireSession> {
  const { body } = await increase(sandbox(), `GET /entity_onboarding_sessions/${id}`);
  return body;
}

describe('the form at session_url', () => {
  it('is an accessible page that needs nothing from elsewhere', async () => {
    const { session_url } = await create();

    const answer = await fetch(session_url);
    const page = await answer.text();

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('<html lang="en">');
    expect(page).toMatch(/<title>Open your account<\/title>/);
    expect(page).toMatch(/<h1>Open your account<\/h1>/);
    expect(page).toMatch(/<label for="structure">/);
    expect(page).toMatch(/<select id="structure" name="structure">/);
    expect(page).toMatch(/<button type="submit">/);
    expect(page).not.toMatch(/<script|src=|href=|https?:\/\//);
  });

  it('redirects to redirect_url with both ids, and then an entity exists', async () => {
    const session = await create({ redirect_url: 'https://example.com/done' });

    const answer = await submit(session.session_url);

    const { entity_id, status, session_url } = await retrieve(session.id);
    expect({ status, session_url }).toEqual({ status: 'expired', session_url: null });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `https://example.com/done?entity_onboarding_session_id=${session.id}&entity_id=${entity_id}`,
    );
    const entity = await increase<unknown>(sandbox(), `GET /entities/${entity_id}`);
    expect(entity.body).toMatchObject({ structure, creating_entity_onboarding_session_id: session.id });
  });

  it('leaves the query and the fragment of redirect_url as they are', async () => {
    const session = await create({ redirect_url: 'https://example.com/done?a=%20b+c&entity_id=mine#part' });

    const location = (await submit(session.session_url)).headers.get('location');

    const { entity_id } = await retrieve(session.id);
    expect(location).toBe(
      `https://example.com/done?a=%20b+c&entity_id=mine&entity_onboarding_session_id=${session.id}&entity_id=${entity_id}#part`,
    );
  });

  it('completes the entity that the session was opened for', async () => {
    const entity_id = sandboxIncrease.entities[2].id;
    const session = await create({ entity_id });

    const page = await (await fetch(session.session_url)).text();
    const answer = await submit(session.session_url, {});

    expect(page).toContain(entity_id);
    expect(page).not.toContain('<select');
    expect(answer.headers.get('location')).toContain(`entity_id=${entity_id}`);
  });

  it.for<Record<string, string>>([{}, { structure: 'unheard-of' }])(
    'takes %o for a corporation',
    async (fields) => {
      const session = await create();
      await submit(session.session_url, fields);

      const { entity_id } = await retrieve(session.id);
      const entity = await increase<unknown>(sandbox(), `GET /entities/${entity_id}`);
      expect(entity.body).toMatchObject({ structure: 'corporation' });
    },
  );

  it('is gone once it was submitted', async () => {
    const session = await create();
    await submit(session.session_url);

    const shown = await fetch(session.session_url);
    const again = await submit(session.session_url);

    expect([shown.status, again.status]).toEqual([410, 410]);
    expect(await shown.text()).toContain('<h1>This form is closed</h1>');
  });

  it('is gone once the session expired', async () => {
    const { session_url } = await retrieve(sessionNumber(1));
    await increase(sandbox(), `POST /entity_onboarding_sessions/${sessionNumber(1)}/expire`);

    expect((await fetch(session_url ?? '')).status).toBe(410);
  });

  it('escapes what it shows', () => {
    const [seed] = seededEntities(0);
    const [session] = seededSessions(0);
    if (seed === undefined || session === undefined) throw new Error('there are no seeds');

    const page = formPage(session, { ...seed, id: `<b>"'&` });

    expect(page).toContain('&lt;b&gt;&quot;&#39;&amp;');
    expect(page).not.toContain('<b>');
  });

  it('is not found at a guessed address', async () => {
    const { session_url } = await create();
    const guessed = `${session_url.slice(0, -1)}!`;

    const answers = [await fetch(guessed), await submit(guessed)];

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.headers.get('content-type')).toContain('text/html');
  });
});
