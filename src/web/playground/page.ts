import { tabsOf, wordsOf, type Run } from './tabs.ts';

const title = 'Onboarding subgraph';

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="28"><circle cx="16" cy="16" r="14" fill="#e10098"/>' +
  '<path d="M9 16.5l5 5 9-10" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>';

/** Nothing but what the service itself serves. The editor writes style attributes, and its fonts and icons are data: URLs in the CSS. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function page(endpoint: string, run: Run): string {
  const options = {
    endpoint,
    title,
    logo,
    tabs: tabsOf(run).map(({ query, variables }) => ({
      query,
      variables: JSON.stringify(variables, null, 2),
    })),
    words: wordsOf(run),
  };

  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title}</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(logo)}" />
    <link rel="stylesheet" href="/graphiql/graphiql.css" />
    <link rel="stylesheet" href="/graphiql/start.css" />
    <script id="playground" type="application/json">${escapeScript(JSON.stringify(options))}</script>
    <script defer src="/graphiql/graphiql.js"></script>
    <script defer src="/graphiql/start.js"></script>
  </head>
  <body class="no-focus-outline">
    <noscript>The playground needs JavaScript.</noscript>
    <div id="root"></div>
  </body>
</html>
`;
}

/** Keeps JSON from ending the script element that it stands in. */
function escapeScript(json: string): string {
  return json.replaceAll('<', String.raw`\u003c`);
}
