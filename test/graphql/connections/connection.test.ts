import { array, assert, asyncProperty, double, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  connection,
  withNodes,
  type Connection,
  type PageSource,
} from '../../../src/graphql/connections/connection.ts';
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

const emptyPages: PageSource<Item> = () => Promise.resolve({ items: [], nextCursor: 'again' });

const ids = ({ nodes }: { nodes: Item[] }) => nodes.map(({ id }) => id);

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

  it('does not blame the cursor when a list answers nothing but empty pages', async () => {
    await expect(connection(emptyPages, { first: 2 }, cursors)).rejects.toThrow('empty pages');
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
      { numRuns: 1_000 },
    );
  });
});

describe('withNodes', () => {
  it('keeps the cursors and loads the nodes together', async () => {
    const { source } = list(3);
    const page = await connection(source, { first: 2 }, cursors);

    const loaded = await withNodes(page, ({ id }) => Promise.resolve({ id, name: `the ${id}` }));

    expect(loaded.nodes).toEqual([
      { id: 'item-0', name: 'the item-0' },
      { id: 'item-1', name: 'the item-1' },
    ]);
    expect(loaded.edges.map(({ cursor }) => cursor)).toEqual(page.edges.map(({ cursor }) => cursor));
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
