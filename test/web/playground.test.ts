import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { startServer, type Server } from '../../src/service/server.ts';
import { tabsOf } from '../../src/web/playground/tabs.ts';
import { startChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';

const tabs = tabsOf({ id: 'any', sandboxed: [] });

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

  it('greets, and shows the tabs in their order, the variables of the first filled in', async () => {
    expect(await titlesOf(page)).toEqual(tabs.map(({ title }) => title));
    await expect.poll(() => textOf(page, 'Operations')).toContain('# - Incode: the built-in sandbox');
    await expect.poll(() => textOf(page, 'Variables')).toContain('"id": "customer-1001"');
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

    await expect.poll(() => textOf(page, 'Response')).toContain('"id": "64f100000000000000000002"');
    expect(await textOf(page, 'Response')).not.toContain('"errors"');
    expect(problems).toEqual([]);
  });

  it("answers a tab's mutation", async () => {
    await run(page, 'StartOnboardingSession');

    await expect.poll(() => textOf(page, 'Response')).toContain('"externalCustomerId": "customer-1001"');
    expect(await textOf(page, 'Response')).not.toContain('"errors"');
    expect(problems).toEqual([]);
  });

  it('shows every line of every tab in full at 1,280 pixels', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await show(page, 'Customer'); // the longest one, whose line numbers leave the least

    const columns = await columnsOf(page);

    expect(columns).toBeGreaterThan(40);
    const lines = tabs.flatMap(({ query }) => query.split('\n'));
    expect(lines.filter(({ length }) => length > columns)).toEqual([]);
  });

  it('shows a readable answer below the query on a telephone, without scrolling the page', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await run(page, 'StartOnboardingSession');
    await expect.poll(() => textOf(page, 'Response')).toContain('"startOnboardingSession"');

    const [query, answer, text] = await boxesOf(page, [
      '.graphiql-editors',
      '.graphiql-response',
      '.result-window .view-lines',
    ]);

    expect(answer).toMatchObject({ x: query!.x, width: query!.width });
    expect(answer!.y).toBeGreaterThanOrEqual(query!.y + query!.height);
    expect(answer!.width).toBeGreaterThanOrEqual(300);
    expect(answer!.height).toBeGreaterThanOrEqual(300);
    expect(answer!.y + answer!.height).toBeLessThanOrEqual(844);
    expect(text!.x + text!.width).toBeLessThanOrEqual(390); // long values are wrapped
    expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(390);
  });

  it('shows the description of a type', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'OnboardingSession', exact: true }).click();

    await page.getByText('An identity check of a person at Incode.').waitFor();
    expect(problems).toEqual([]);
  });

  it('keeps what a visitor wrote, and the tabs as they were', async () => {
    await write(page, '# mine');
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

describe('a tab that a visitor keeps', { timeout: 30_000 }, () => {
  it('is brought up to date in another run of the service: who answers, and the keys', async () => {
    const page = await browser.newPage();
    const env = { PORT: String(await freePort()), DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' };
    const first = await startServer(readConfig(env));
    await open(page, first.url);
    await write(page, '# mine');
    const before = await keyIn(page);
    await first.stop();

    const second = await startServer(readConfig({ ...env, ...realRelay }));
    await open(page, second.url);

    await expect.poll(() => textOf(page, 'Operations')).toContain('# - Relay: Relay itself');
    expect(await textOf(page, 'Operations')).toContain('# mine');
    const now = await keyIn(page);
    expect(now).not.toBe(before);
    expect(await page.locator('#playground').textContent()).toContain(now);
    await page.close();
    await second.stop();
  });
});

/** With a key, Relay is asked itself: here nobody listens. */
const realRelay = { RELAY_API_KEY: 'key', RELAY_CLIENT_ID: 'client', RELAY_BASE_URL: 'http://127.0.0.1:9' };

async function open(page: Page, url = server.url): Promise<void> {
  await page.goto(new URL('/graphiql', url).href);
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
  await show(page, title);
  await page.getByRole('button', { name: /execute query/i }).click();
}

async function show(page: Page, title: string): Promise<void> {
  await page.getByRole('tab', { name: title, exact: true }).getByRole('button').first().click();
  // GraphiQL notices only after a moment which operation it shows now. By the time it stores the tabs, it has.
  await stored(page, `"activeTabIndex":${tabs.findIndex((tab) => tab.title === title)}`);
}

/** How many characters the query editor shows of a line. */
async function columnsOf(page: Page): Promise<number> {
  const [content, scrollbar] = await boxesOf(page, [
    '.graphiql-query-editor .editor-scrollable',
    '.graphiql-query-editor .editor-scrollable > .scrollbar.vertical',
  ]);
  const character = await page
    .locator('.graphiql-query-editor .view-line > span')
    .first()
    .evaluate((line) => line.getBoundingClientRect().width / line.textContent.length);
  return Math.floor((content!.width - scrollbar!.width) / character);
}

const boxesOf = (page: Page, selectors: string[]) =>
  Promise.all(selectors.map(async (selector) => page.locator(selector).first().boundingBox()));

async function write(page: Page, line: string): Promise<void> {
  await page.locator('.graphiql-query-editor').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(`${line}\n`);
  await stored(page, line);
}

/** The idempotency key of the first mutation, as the browser keeps it. */
async function keyIn(page: Page): Promise<string> {
  const kept = await page.evaluate(() => localStorage.getItem('onboarding-subgraph:graphiql:tabState'));
  return /start-\w+/.exec(kept!)![0];
}

async function stored(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => localStorage.getItem('onboarding-subgraph:graphiql:tabState')?.includes(wanted),
    text,
  );
}
