import { BadUserInput } from '../../onboarding/errors.ts';
import { MAX_PAGE_SIZE } from '../../onboarding/page.ts';
import type { Provider } from '../../onboarding/provider.ts';
import type { Cursors, Place } from './cursor.ts';
import { readOn, type PageSource } from './read-on.ts';

export type { PageSource } from './read-on.ts';

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

const START: Place = { page: null, after: null, last: null };
const DEFAULT_FIRST = 20;

/**
 * A connection over a source that only pages forward. It asks for one page in the usual case, never for more than it takes.
 *
 * Every edge's cursor resumes right after it. The last edge of a source's page resumes at the page that follows, where
 * nothing that is added meanwhile can shift it. Any other names its page and the item, which is looked for again:
 * what was added before it only moves it further back.
 *
 * No item is shown twice, and a source that leads in a circle has an end.
 *
 * @param provider whose list it is, where it is one's
 * @throws {BadUserInput} when `first` is not 0 to 100, or the cursor is not one of ours or its item is gone
 * @throws {ProviderUnavailable} when the list leads nowhere
 */
export async function connection<T extends { readonly id: string }>(
  source: PageSource<T>,
  { first, after }: ConnectionArguments,
  cursors: Cursors,
  provider?: Provider,
): Promise<Connection<T>> {
  const count = checkedFirst(first ?? DEFAULT_FIRST);
  const from = after ? cursors.decode(after) : START; // Apollo Client's relayStylePagination begins with an empty one
  // Even `first: 0` has to know whether something follows.
  const { found, hasMore } = await readOn(source, from, { count: Math.max(count, 1), provider });
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

function checkedFirst(first: number): number {
  if (first < 0 || first > MAX_PAGE_SIZE) throw new BadUserInput(`\`first\` must be 0 to ${MAX_PAGE_SIZE}.`);
  return first;
}
