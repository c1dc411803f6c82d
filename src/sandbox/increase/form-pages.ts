import type { Entity } from './entity.ts';
import { structures } from './structure.ts';
import type { Session } from './session.ts';

const style = `
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem; color: #1a1a2e; background: #fff }
  label, select, button { display: block; font: inherit }
  select { width: 100%; padding: 0.5rem; margin: 0.25rem 0 1.5rem }
  button { padding: 0.75rem 1.5rem; border: 0; border-radius: 0.25rem; color: #fff; background: #1f3fbf; cursor: pointer }
  :focus-visible { outline: 3px solid #b25e00; outline-offset: 2px }
`;

/** The form of an active session. A session that was opened for an entity has nothing to choose. */
export function formPage(session: Session, entity: Entity | undefined): string {
  return page(
    'Open your account',
    `<p>This is the sandbox of Increase: nobody is onboarded, and nothing that is personal is asked for.</p>
    <form method="post">
      ${entity === undefined ? structureField : `<p>You complete the details of ${escape(entity.id)}.</p>`}
      <button type="submit">Submit</button>
    </form>
    <p>After this you are led back to <strong>${escape(new URL(session.redirectUrl).host)}</strong>.</p>`,
  );
}

/** What is shown instead where a session is over. */
export function endedPage(): string {
  return page(
    'This form is closed',
    '<p>It was submitted already, or its time ran out. Go back to where you came from to get a new one.</p>',
  );
}

export function missingPage(): string {
  return page('There is no such form', '<p>Check the address: it has to be complete.</p>');
}

const structureField = `<label for="structure">Who opens the account?</label>
      <select id="structure" name="structure">
        ${structures.map((name) => `<option value="${name}">${escape(readable(name))}</option>`).join('\n        ')}
      </select>`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escape(title)}</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
    <h1>${escape(title)}</h1>
    ${content}
    </main>
  </body>
</html>
`;
}

function readable(structure: string): string {
  return structure.charAt(0).toUpperCase() + structure.slice(1).replaceAll('_', ' ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
