import { describe, expect, it } from 'vitest';

import type { Behaviour, Exchange } from './faulty-proxy.ts';
import { setStage } from './stage.ts';
import { told } from './told.ts';

const LIMITS = { providerTimeoutMs: 5_000, operationTimeoutMs: 10_000 };
const LIST = {
  method: 'GET',
  path: /^\/entity_onboarding_sessions\?/,
} as const;
const DOCUMENT = `
  query ($after: String) {
    it: entityOnboardingSessions(first: 5, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } }
  }`;

interface WirePage {
  readonly data: readonly unknown[];
  readonly next_cursor: string | null;
}

const cursorOf = ({ request }: Exchange) =>
  new URL(request.url ?? '', 'http://localhost').searchParams.get('cursor');

/** What Increase answers to a page of three, however many were asked for. */
async function pageOfThree({ carriedOut }: Exchange, cursor: string | null): Promise<WirePage> {
  const query = new URLSearchParams({ limit: '3', ...(cursor !== null && { cursor }) });
  const { body } = await carriedOut(`/entity_onboarding_sessions?${query.toString()}`);
  return JSON.parse(body) as WirePage;
}

function answer({ response }: Exchange, page: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(page));
}

/** The first page comes again, under another cursor, before the second. */
const duplicatePage: Behaviour = async (exchange) => {
  const cursor = cursorOf(exchange);
  const isFirst = cursor === null || cursor === 'the-first-again';
  const page = await pageOfThree(exchange, isFirst ? null : cursor);
  answer(exchange, cursor === null ? { ...page, next_cursor: 'the-first-again' } : page);
};

/** The first page leads to itself. */
const repeatingCursor: Behaviour = async (exchange) =>
  answer(exchange, { ...(await pageOfThree(exchange, null)), next_cursor: 'the-same' });

const expiredCursor: Behaviour = async (exchange) => {
  const problem = {
    type: 'invalid_parameters_error',
    title: 'The cursor has expired',
    detail: null,
    status: 400,
  };
  if (cursorOf(exchange) === null)
    answer(exchange, { ...(await pageOfThree(exchange, null)), next_cursor: 'old' });
  else answer(exchange, problem, 400);
};

const number = ({ id }: { id: string }) => Number(id.slice(-3));

describe('Increase list', () => {
  it('a duplicate page: answered, 3 requests, and nothing twice', async () => {
    await using stage = await setStage('increase', LIMITS);
    await stage.proxy.misbehave(LIST, duplicatePage);

    const { data } = await stage.service.query(DOCUMENT);

    expect(data.it.nodes.map(number)).toEqual([1, 2, 3, 4, 5]);
    expect(stage.proxy.requests).toBe(3);
  });

  it('a cursor that repeats itself: answered as far as it goes, 2 requests', async () => {
    await using stage = await setStage('increase', LIMITS);
    await stage.proxy.misbehave(LIST, repeatingCursor);

    const { data } = await stage.service.query(DOCUMENT);

    expect(data.it.nodes.map(number)).toEqual([1, 2, 3]);
    expect(data.it.pageInfo.hasNextPage).toBe(true);
    expect(stage.proxy.requests).toBe(2);
  });

  // A cursor knows its place and not what was shown before it, so that a page may come again; but not for ever.
  it('a cursor that repeats itself, paged through: PROVIDER_UNAVAILABLE in the end', async () => {
    await using stage = await setStage('increase', LIMITS);
    await stage.proxy.misbehave(LIST, repeatingCursor);

    let page = await stage.service.query(DOCUMENT);
    for (let pages = 1; page.data.it !== null && pages < 10; pages++) {
      page = await stage.service.query(DOCUMENT, { after: page.data.it.pageInfo.endCursor });
    }

    expect(told(page)).toEqual({ code: 'PROVIDER_UNAVAILABLE' });
  });

  it('an expired cursor of the caller: BAD_USER_INPUT, 1 request', async () => {
    await using stage = await setStage('increase', LIMITS);
    const { data } = await stage.service.query(DOCUMENT);
    await stage.proxy.misbehave(LIST, expiredCursor);

    const on = await stage.service.query(DOCUMENT, { after: data.it.pageInfo.endCursor });

    expect(told(on)).toEqual({ code: 'BAD_USER_INPUT' });
    expect(stage.proxy.requests).toBe(1);
  });

  it('an expired cursor that Increase has just given: PROVIDER_UNAVAILABLE, 2 requests', async () => {
    await using stage = await setStage('increase', LIMITS);
    await stage.proxy.misbehave(LIST, expiredCursor);

    expect(told(await stage.service.query(DOCUMENT))).toEqual({ code: 'PROVIDER_UNAVAILABLE' });
    expect(stage.proxy.requests).toBe(2);
  });
});
