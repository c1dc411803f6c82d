import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { startServer, type Server } from '../../src/service/server.ts';
import { tabsOf, type Tab } from '../../src/web/playground/tabs.ts';
import { postOperation } from '../support/post-operation.ts';

const tabs = tabsOf({ id: 'any', sandboxed: [] });
const mutations = tabs.filter(({ query }) => /^mutation /m.test(query));

const start = (databaseUrl: string) =>
  startServer(readConfig({ PORT: '0', DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' }));

describe('the tabs, against the sandbox', () => {
  let server: Server;
  beforeAll(async () => {
    server = await start('sqlite::memory:');
  });
  afterAll(() => server.stop());

  it.each(tabs)('$title is answered without an error', async (tab) => {
    const answered = Object.values((await answerOf(server.url, tab)) as object);

    expect(answered).toHaveLength(1);
    expect(answered).not.toContain(null);
  });

  it.each(mutations)('$title, run again, answers the same and is not sent again', async (tab) => {
    const first = await answerOf(server.url, tab);

    const second = await answerOf(server.url, tab); // sent again, what has ended would be refused

    expect(identityOf(second)).toEqual(identityOf(first));
  });

  it('are run again after a restart, though the database remembers the keys of before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'playground-'));

    for (const _run of ['first', 'second']) {
      const running = await start(`sqlite:${folder}/a.db`);
      for (const tab of await tabsAt(running.url)) await answerOf(running.url, tab);
      const { data } = await postOperation(running.url, whatTheTabsEnd);
      await running.stop();

      expect(data).toEqual({
        submitted: { status: 'EXPIRED', submitted: true },
        expired: { status: 'EXPIRED', submitted: false },
      });
    }
    await rm(folder, { recursive: true });
  });
});

const whatTheTabsEnd = `{
  submitted: entityOnboardingSession(id: "entity_onboarding_session_sandbox000000000002") { status submitted }
  expired: entityOnboardingSession(id: "entity_onboarding_session_sandbox000000000001") { status submitted }
}`;

type Asked = Pick<Tab, 'query' | 'variables'>;

/** The data, when there is neither an error nor a refusal. */
async function answerOf(url: string, { query, variables }: Asked): Promise<unknown> {
  const { data, errors } = await postOperation(url, query, variables);
  expect(errors).toBeUndefined();
  const answered = Object.values(data as Record<string, { userErrors?: unknown[] } | null>);
  expect(answered.flatMap((field) => field?.userErrors ?? [])).toEqual([]);
  return data;
}

/** The tabs as a running service gives them to the page. */
async function tabsAt(url: string): Promise<Asked[]> {
  const html = await (await fetch(new URL('/graphiql', url))).text();
  const { tabs: given } = JSON.parse(/<script id="playground"[^>]*>(.*?)<\/script>/.exec(html)![1]!) as {
    tabs: { query: string; variables: string }[];
  };
  return given.map(({ query, variables }) => ({
    query,
    variables: JSON.parse(variables) as Asked['variables'],
  }));
}

/** What would be another one, had it been made or changed anew. */
const identityOf = (data: unknown) =>
  JSON.stringify(data).match(/"(?:id|createdAt|completedAt|sessionToken)":[^,}]+/g);
