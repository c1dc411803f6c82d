import { array, assert, asyncProperty, double, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { connection, type Connection, type PageSource } from '../../../src/graphql/connections/connection.ts';
import { cursorsOf } from '../../../src/graphql/connections/cursor.ts';
import { BadUserInput } from '../../../src/onboarding/errors.ts';
import type { PageRequest } from '../../../src/onboarding/page.ts';
import { startService } from '../../support/service.ts';

interface Item {
  readonly id: string;
}

const cursors = cursorsOf([Buffer.alloc(32, 1)])({ name: 'items' });

/** A forward-only list as Increase's: newest first, a cursor names the item that its page begins after. */
function list(count: number) {
  const items: Item[] = Array.from({ length: count }, (_, index) => ({ id: `item-${index}` }));
  const requests: PageRequest[] = [];
  const source: PageSource<Item> = (page) => {
    requests.push(page);
    const start = page.cursor === null ? 0 : items.findIndex(({ id }) => id === page.cursor) + 1;
    const end = start + page.limit;
    const last = items.slice(start, end).at(-1);
    return Promise.resolve({
      items: items.slice(start, end),
      nextCursor: end < items.length && last ? last.id : null,
    });
  };
  const add = (many: number) => {
    for (let index = 0; index < many; index++) items.unshift({ id: `added-${items.length}` });
  };
  return { source, requests, add, items };
}

const ids = ({ nodes }: { nodes: Item[] }) => nodes.map(({ id }) => id);

/** A list that refuses its own cursor. */
const forgetful: PageSource<Item> = ({ cursor }) =>
  cursor === null
    ? Promise.resolve({ items: [{ id: 'a' }], nextCursor: 'next' })
    : Promise.reject(new BadUserInput('This cursor is no longer valid.'));

/** All pages of a list, until it ends or fails. */
async function readAll(source: PageSource<Item>, first: number): Promise<{ seen: string[]; error: unknown }> {
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    try {
      const page: Connection<Item> = await connection(source, { first, after }, cursors, 'INCREASE');
      seen.push(...ids(page));
      if (!page.pageInfo.hasNextPage) return { seen, error: undefined };
      after = page.pageInfo.endCursor;
    } catch (error) {
      return { seen, error };
    }
  }
}

describe('connection', () => {
  it('asks for one page of exactly the size that is wanted', async () => {
    const { source, requests } = list(50);

    const page = await connection(source, { first: 7 }, cursors);

    expect(ids(page)).toEqual(['item-0', 'item-1', 'item-2', 'item-3', 'item-4', 'item-5', 'item-6']);
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(requests).toEqual([{ cursor: null, limit: 7 }]);
  });

  it('asks for the next page once, where the last edge resumes', async () => {
    const { source, requests } = list(50);
    const { pageInfo } = await connection(source, { first: 7 }, cursors);

    const next = await connection(source, { first: 7, after: pageInfo.endCursor }, cursors);

    expect(ids(next)[0]).toBe('item-7');
    expect(next.pageInfo.hasPreviousPage).toBe(true);
    expect(requests.slice(1)).toEqual([{ cursor: 'item-6', limit: 7 }]);
  });

  it('answers 20 where `first` is not given', async () => {
    const { source } = list(50);

    expect((await connection(source, {}, cursors)).nodes).toHaveLength(20);
  });

  it('begins where no edge is named, also by an empty cursor', async () => {
    for (const after of [undefined, null, '']) {
      const { source, requests } = list(3);

      const page = await connection(source, { first: 2, after }, cursors);

      expect(page.pageInfo.hasPreviousPage).toBe(false);
      expect(requests).toEqual([{ cursor: null, limit: 2 }]);
    }
  });

  it('answers no edge and null cursors for an empty list', async () => {
    const page = await connection(list(0).source, { first: 5 }, cursors);

    expect(page.edges).toEqual([]);
    expect({ ...page.pageInfo }).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it('tells with `first: 0` whether something follows', async () => {
    const empty = await connection(list(0).source, { first: 0 }, cursors);
    const full = await connection(list(3).source, { first: 0 }, cursors);

    expect([empty.pageInfo.hasNextPage, full.pageInfo.hasNextPage]).toEqual([false, true]);
    expect(full.edges).toEqual([]);
  });

  it.each([-1, 101, 1e9])('refuses `first: %d`', async (first) => {
    const { source, requests } = list(3);

    await expect(connection(source, { first }, cursors)).rejects.toThrow('`first` must be 0 to 100.');
    expect(requests).toEqual([]);
  });

  it('finds an edge in the middle of the first page again after additions in front', async () => {
    const { source, add } = list(50);
    const { edges } = await connection(source, { first: 20 }, cursors);
    add(130);

    const next = await connection(source, { first: 3, after: edges[4]?.cursor ?? null }, cursors);

    expect(ids(next)).toEqual(['item-5', 'item-6', 'item-7']);
  });

  it('refuses the cursor of an item that is gone, after a bounded search', async () => {
    const { source, requests, items } = list(3_000);
    const { edges } = await connection(source, { first: 20 }, cursors);
    items.splice(4, 1);
    requests.length = 0;

    await expect(connection(source, { first: 3, after: edges[4]?.cursor ?? null }, cursors)).rejects.toThrow(
      BadUserInput,
    );
    expect(requests).toHaveLength(10);
  });

  it('reads a page and what comes before the cursor on it in one request', async () => {
    const { source, requests } = list(90);
    const { edges } = await connection(source, { first: 20 }, cursors);

    const next = await connection(source, { first: 7, after: edges[4]?.cursor ?? null }, cursors);

    expect(ids(next)).toHaveLength(7);
    expect(requests.slice(1)).toEqual([{ cursor: null, limit: 12 }]);
  });

  it('keeps what it found in a list of short and empty pages, and goes on from there', async () => {
    const { source, items } = list(30);
    const sparse: PageSource<Item> = async (page) => {
      const cursor = page.cursor?.replace(/-empty$/, '') ?? null;
      if (cursor !== null && page.cursor === cursor) return { items: [], nextCursor: `${cursor}-empty` };
      return source({ cursor, limit: 1 });
    };
    const seen: string[] = [];

    let after: string | null = null;
    do {
      const page: Connection<Item> = await connection(sparse, { first: 20, after }, cursors);
      seen.push(...ids(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);

    expect(seen).toEqual(items.map(({ id }) => id));
  });

  it("is the provider's outage, and not the cursor's fault, when a list answers nothing but empty pages", async () => {
    let page = 0;
    const empty: PageSource<Item> = () => Promise.resolve({ items: [], nextCursor: `${(page += 1)}` });

    await expect(connection(empty, { first: 2 }, cursors, 'INCREASE')).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      provider: 'INCREASE',
      cause: { message: 'the list leads in a circle, or has nothing on 10 pages' },
    });
    expect(page).toBe(10);
  });

  it("is the provider's outage when it refuses a cursor that it has just answered", async () => {
    await expect(connection(forgetful, { first: 2 }, cursors, 'INCREASE')).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
    });
  });

  it.each([1, 2, 3, 20])(
    'shows nothing twice on the way into a circle, and then says so: first: %d',
    async (first) => {
      const pages = new Map<string | null, { items: string[]; nextCursor: string }>([
        [null, { items: ['a', 'b'], nextCursor: 'p2' }],
        ['p2', { items: ['c', 'd'], nextCursor: 'p2' }],
      ]);
      const requests: PageRequest[] = [];
      const source: PageSource<Item> = (page) => {
        requests.push(page);
        const { items, nextCursor } = pages.get(page.cursor)!;
        return Promise.resolve({ items: items.map((id) => ({ id })), nextCursor });
      };

      const { seen, error } = await readAll(source, first);

      expect(seen).toEqual(['a', 'b', 'c', 'd']);
      expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
      expect(requests.length).toBeLessThan(12);
    },
  );

  it.each([1, 2, 3, 4, 20])(
    'shows an item once that a list has twice, in one page or two: first: %d',
    async (first) => {
      const pages = new Map<string | null, { items: string[]; nextCursor: string | null }>([
        [null, { items: ['a', 'b', 'a', 'c'], nextCursor: 'p2' }],
        ['p2', { items: ['c', 'd'], nextCursor: 'p3' }],
        ['p3', { items: ['d', 'e', 'e'], nextCursor: null }],
      ]);
      const source: PageSource<Item> = ({ cursor }) => {
        const { items, nextCursor } = pages.get(cursor)!;
        return Promise.resolve({ items: items.map((id) => ({ id })), nextCursor });
      };

      expect(await readAll(source, first)).toEqual({ seen: ['a', 'b', 'c', 'd', 'e'], error: undefined });
    },
  );

  it('goes on behind a long stretch of which nothing is shown', async () => {
    const { source, items, requests } = list(1_950);
    const isShown = ({ id }: Item) => ['item-0', 'item-3', 'item-890', 'item-1700'].includes(id);
    const sparse: PageSource<Item> = async (page) => {
      const { items: all, nextCursor } = await source(page);
      return { items: all.filter(isShown), nextCursor };
    };

    const { seen, error } = await readAll(sparse, 20);

    expect(error).toBeUndefined();
    expect(seen).toEqual(items.filter(isShown).map(({ id }) => id));
    expect(requests.length).toBeLessThan(40);
  });

  it('finds behind the first pages what is the only thing that is shown', async () => {
    const { source, requests } = list(500);
    const sparse: PageSource<Item> = async (page) => {
      const { items, nextCursor } = await source(page);
      return { items: items.filter(({ id }) => id === 'item-450'), nextCursor };
    };

    const page = await connection(sparse, { first: 1 }, cursors);

    expect(ids(page)).toEqual(['item-450']);
    expect(requests).toHaveLength(6);
  });

  it('finds every item once, whatever the page sizes, resume points and additions in front', async () => {
    const step = record({
      first: integer({ min: 1, max: 100 }),
      // Which edge of the page to resume at, as a share of the page.
      resumeAt: double({ min: 0, max: 1, noNaN: true }),
      added: integer({ min: 0, max: 12 }),
    });

    await assert(
      asyncProperty(
        integer({ min: 0, max: 150 }),
        array(step, { minLength: 1, maxLength: 30 }),
        async (count, steps) => {
          const { source, add } = list(count);
          const seen: string[] = [];
          let after: string | null = null;
          for (let turn = 0; ; turn++) {
            const { first, resumeAt, added } = steps[turn % steps.length] ?? {
              first: 1,
              resumeAt: 1,
              added: 0,
            };
            const page: Connection<Item> = await connection(source, { first, after }, cursors);
            // Forget what follows the edge that is resumed at: it must come again.
            const kept = page.edges.slice(0, Math.max(1, Math.ceil(page.edges.length * resumeAt)));
            seen.push(...kept.map(({ node }) => node.id));
            after = kept.at(-1)?.cursor ?? after;
            if (!page.pageInfo.hasNextPage && kept.length === page.edges.length) break;
            add(added);
          }
          expect(seen).toEqual(Array.from({ length: count }, (_, index) => `item-${index}`));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('every connection of the graph', () => {
  it('takes an empty cursor for none', async () => {
    await using service = await startService();
    const page = '(first: 1, after: "") { edges { cursor } pageInfo { hasPreviousPage } }';

    const { data, errors } = await service.query(`{
      onboardingSessions${page} entityOnboardingSessions${page} customerOnboards${page}
      onboardingCustomer(id: "c") {
        onboardingSessions${page} entityOnboardingSessions${page} customerOnboards${page}
      }
    }`);

    const { onboardingCustomer, ...lists } = data;
    expect(errors).toBeUndefined();
    expect([...Object.values(lists), ...Object.values(onboardingCustomer)]).toEqual(
      Array.from({ length: 6 }, () => ({ edges: expect.any(Array), pageInfo: { hasPreviousPage: false } })),
    );
  });
});
