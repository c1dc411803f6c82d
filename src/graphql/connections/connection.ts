import { BadUserInput } from '../../onboarding/errors.ts';
import { MAX_PAGE_SIZE, type Page, type PageRequest } from '../../onboarding/page.ts';
import type { Cursors, Place } from './cursor.ts';

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Connection<T> {
  readonly edges: Edge<T>[];
  readonly nodes: T[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A list that can only be read forward, page by page. */
export type PageSource<T> = (page: PageRequest) => Promise<Page<T>>;

const START: Place = { page: null, after: null };
const DEFAULT_FIRST = 20;
/** How many pages are read at the most. The item of a cursor is searched for on so many: 1,000 may have been added since. */
const MAX_PAGES = 10;

/**
 * A connection over a source that only pages forward. It asks for one page in the usual case, never for more than it takes.
 *
 * Every edge's cursor resumes right after it. The last edge of a source's page resumes at the page that follows, where
 * nothing that is added meanwhile can shift it. Any other names its page and the item, which is looked for again:
 * what was added before it only moves it further back.
 *
 * @throws {BadUserInput} when `first` is not 0 to 100, or the cursor is not one of ours or its item is gone
 */
export async function connection<T extends { readonly id: string }>(
  source: PageSource<T>,
  { first, after }: ConnectionArguments,
  cursors: Cursors,
): Promise<Connection<T>> {
  const count = checkedFirst(first ?? DEFAULT_FIRST);
  const from = after ? cursors.decode(after) : START; // Apollo Client's relayStylePagination begins with an empty one
  // Even `first: 0` has to know whether something follows.
  const { found, hasMore } = await read(source, from, Math.max(count, 1));
  const edges = found.slice(0, count).map(({ item, place }) => edge(item, () => cursors.encode(place)));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: hasMore || found.length > count,
      hasPreviousPage: from !== START,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}

/** An edge whose cursor is only signed when somebody asks for it, and once. */
function edge<T>(node: T, cursor: () => string): Edge<T> {
  let signed: string | undefined;
  return {
    node,
    get cursor() {
      signed ??= cursor();
      return signed;
    },
  };
}

interface Found<T> {
  readonly item: T;
  /** Right after it. */
  readonly place: Place;
}

/** Reads on from a place until there are `wanted` items, or no more. */
async function read<T extends { readonly id: string }>(
  source: PageSource<T>,
  from: Place,
  wanted: number,
): Promise<{ found: Found<T>[]; hasMore: boolean }> {
  const found: Found<T>[] = [];
  let sought = from.after;
  let cursor = from.page;
  let limit = Math.min(MAX_PAGE_SIZE, wanted + (sought ? sought.index + 1 : 0));

  for (let pages = 1; ; pages++) {
    const { items, nextCursor } = await source({ cursor, limit });
    const start = sought ? items.findIndex(({ id }) => id === sought?.id) + 1 : 0;
    if (sought === null || start > 0) {
      found.push(...items.slice(start).map((item, offset) => ({ item, place: after(item, start + offset) })));
      sought = null;
    }
    const isDone = sought === null && (nextCursor === null || found.length >= wanted);
    if (isDone) return { found, hasMore: nextCursor !== null };
    if (nextCursor === null) throw stale();
    if (pages === MAX_PAGES) {
      if (found.length > 0) return { found, hasMore: true };
      throw sought ? stale() : new Error('A list keeps on answering empty pages');
    }
    cursor = nextCursor;
    limit = sought ? MAX_PAGE_SIZE : wanted - found.length;

    function after(item: T, index: number): Place {
      const isLastOfPage = index === items.length - 1 && nextCursor !== null;
      return isLastOfPage
        ? { page: nextCursor, after: null }
        : { page: cursor, after: { id: item.id, index } };
    }
  }
}

function stale(): BadUserInput {
  return new BadUserInput('The item of this cursor is no longer in the list. Start again without `after`.');
}

function checkedFirst(first: number): number {
  if (first < 0 || first > MAX_PAGE_SIZE) throw new BadUserInput(`\`first\` must be 0 to ${MAX_PAGE_SIZE}.`);
  return first;
}

/** The same connection over other nodes, loaded together: a failure of one is a failure of all. */
export async function withNodes<T, U>(
  { edges, pageInfo }: Connection<T>,
  load: (node: T) => Promise<U>,
): Promise<Connection<U>> {
  const loaded = await Promise.all(edges.map(async (from) => edge(await load(from.node), () => from.cursor)));
  return { edges: loaded, nodes: loaded.map(({ node }) => node), pageInfo };
}
