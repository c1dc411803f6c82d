import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { startServer, type Server } from '../../src/service/server.ts';
import { tabs } from '../../src/web/playground/tabs.ts';
import { startChromium } from '../support/chromium.ts';

let server: Server;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  const config = readConfig({ PORT: '0', DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' });
  [server, browser] = await Promise.all([startServer(config), startChromium()]);
  ({ origin } = new URL(server.url));
}, 60_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe('the playground, in Chromium', { timeout: 30_000 }, () => {
  let page: Page;
  let requests: string[];
  let problems: string[];

  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    page = await context.newPage();
    requests = [];
    problems = [];
    context.on('request', (request) => requests.push(request.url()));
    context.on('requestfailed', (request) => problems.push(`${request.url()} failed`));
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    await open(page);
  });

  afterEach(() => page.context().close());

  it('shows one tab per operation, the variables of the first filled in', async () => {
    expect(await titlesOf(page)).toEqual(tabs.map(({ title }) => title));
    await expect.poll(() => textOf(page, 'Variables')).toContain('"externalCustomerId": "customer-1001"');
  });

  it('asks nobody but the service, and has nothing to complain about', async () => {
    await page.getByRole('tab', { name: 'Customer', exact: true }).getByRole('button').first().click();
    await page.waitForLoadState('networkidle');

    // The editors' workers are the last to come.
    await expect.poll(() => requests).toContain(`${origin}/graphiql/graphql.worker.js`);
    expect(requests.filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("answers a tab's query", async () => {
    await run(page, 'OnboardingSession');

    await expect.poll(() => textOf(page, 'Response')).toContain('"id": "64f100000000000000000001"');
    expect(await textOf(page, 'Response')).not.toContain('"errors"');
    expect(problems).toEqual([]);
  });

  it("answers a tab's mutation", async () => {
    await run(page, 'StartOnboardingSession');

    await expect.poll(() => textOf(page, 'Response')).toContain('"externalCustomerId": "customer-1001"');
    expect(await textOf(page, 'Response')).not.toContain('"errors"');
    expect(problems).toEqual([]);
  });

  it('shows the description of a type', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'OnboardingSession', exact: true }).click();

    await page.getByText('An identity check of a person at Incode.').waitFor();
    expect(problems).toEqual([]);
  });

  it('keeps what a visitor wrote, and the tabs as they were', async () => {
    await page.locator('.graphiql-query-editor').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# mine\n');
    await stored(page, '# mine');
    expect(page.url()).toBe(`${origin}/graphiql`); // a query may hold personal data: not in the address

    await open(page);

    expect(await titlesOf(page)).toEqual(tabs.map(({ title }) => title));
    await expect.poll(() => textOf(page, 'Operations')).toContain('# mine');
  });

  it('is not confused by another GraphiQL that ran on the same port', async () => {
    await page.evaluate(() => {
      localStorage.clear();
      localStorage.setItem('graphiql:tabState', '{"tabs":[],"activeTabIndex":0}');
    });

    await open(page);

    expect(await titlesOf(page)).toEqual(tabs.map(({ title }) => title));
  });
});

describe('the tabs, against the sandbox', () => {
  it.each(tabs)('$title is answered without an error', async ({ query, variables }) => {
    const answer = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });

    const { data, errors } = (await answer.json()) as {
      data: Record<string, Answered | Answered[]>;
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    const answered = Object.values(data).flat();
    expect(answered).not.toContain(null);
    expect(answered.flatMap((field) => field?.userErrors ?? [])).toEqual([]);
  });
});

/** What a root field answers: a mutation's payload, or something without `userErrors`. */
type Answered = { userErrors?: unknown[] } | null;

describe('the playground, over HTTP', () => {
  it('allows the page nothing but what the service serves', async () => {
    const { headers } = await fetch(`${origin}/graphiql`);

    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
  });

  it('sends a file that the browser has only once', async () => {
    const first = await fetch(`${origin}/graphiql/start.js`);
    const etag = first.headers.get('etag')!;

    const second = await fetch(`${origin}/graphiql/start.js`, { headers: { 'if-none-match': etag } });

    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });

  it('serves no other file', async () => {
    const answers = ['page.ts', '..%2Fplayground.ts', '%2e%2e/package.json'].map((name) =>
      fetch(`${origin}/graphiql/${name}`),
    );

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

async function open(page: Page): Promise<void> {
  await page.goto(`${origin}/graphiql`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
}

const titlesOf = (page: Page) => page.getByRole('tab').allInnerTexts();

/** What an editor shows. The editor writes its spaces as no-break spaces. */
async function textOf(page: Page, editor: 'Operations' | 'Variables' | 'Response'): Promise<string> {
  const selector = {
    Operations: '.graphiql-query-editor',
    Variables: '.graphiql-editor-tool',
    Response: '.result-window',
  };
  const text = await page.locator(selector[editor]).locator('.view-lines').first().innerText();
  return text.replaceAll('\u00a0', ' ');
}

async function run(page: Page, title: string): Promise<void> {
  await page.getByRole('tab', { name: title, exact: true }).getByRole('button').first().click();
  // GraphiQL notices only after a moment which operation it shows now. By the time it stores the tabs, it has.
  await stored(page, `"activeTabIndex":${tabs.findIndex((tab) => tab.title === title)}`);
  await page.getByRole('button', { name: /execute query/i }).click();
}

async function stored(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => localStorage.getItem('onboarding-subgraph:graphiql:tabState')?.includes(wanted),
    text,
  );
}
