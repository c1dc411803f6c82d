import { BadUserInput, ProviderUnavailable } from '../../onboarding/errors.ts';
import { MAX_PAGE_SIZE, type Page, type PageRequest } from '../../onboarding/page.ts';
import type { Provider } from '../../onboarding/provider.ts';
import type { Place } from './cursor.ts';
import { itemsAfter, type Found, type Identified } from './items-after.ts';

/** A list that can only be read forward, page by page. */
export type PageSource<T> = (page: PageRequest) => Promise<Page<T>>;

interface Wanted {
  readonly count: number;
  /** Whose list it is; undefined where it is ours. */
  readonly provider: Provider | undefined;
}

/** How many pages are read at the most. The item of a cursor is searched for on so many: 1,000 may have been added since. */
const MAX_PAGES = 10;

/**
 * Reads on from a place until there are enough items, or no more; one page in the usual case. Fewer, with more to come, where
 * pages are nearly empty or lead in a circle: whoever goes on from there is led on, or told.
 */
export async function readOn<T extends Identified>(
  source: PageSource<T>,
  from: Place,
  { count, provider }: Wanted,
): Promise<{ found: readonly Found<T>[]; hasMore: boolean }> {
  const items = itemsAfter<T>(from);
  const asked = new Set<string | null>();
  let next = from.page;
  let limit = Math.min(MAX_PAGE_SIZE, count + (from.after ? from.after.index + 1 : 0));
  let isCircle: boolean;
  do {
    const cursor = next;
    asked.add(cursor);
    const page = await source({ cursor, limit }).catch((error: unknown) => {
      throw asked.size > 1 && error instanceof BadUserInput ? noWayOn(provider, error) : error;
    });
    next = page.nextCursor;
    isCircle = next !== null && asked.has(next);
    const taken = items.take(page.items, { cursor, next: isCircle ? null : next });
    limit = taken === 0 ? MAX_PAGE_SIZE : count - items.found.length;
  } while (items.found.length < count && next !== null && !isCircle && asked.size < MAX_PAGES);

  if (items.isSeeking() && !isCircle) throw stale();
  if (items.found.length === 0 && next !== null) throw noWayOn(provider, new Error(LEADS_NOWHERE));
  // What was passed over need not be read again.
  if (items.found.length < count && next !== null && !isCircle) items.resumeAt(next);
  return { found: items.found, hasMore: next !== null };
}

const LEADS_NOWHERE = `the list leads in a circle, or has nothing on ${MAX_PAGES} pages`;

/** The caller can do nothing about it: the cursors were the list's own. */
function noWayOn(provider: Provider | undefined, cause: Error): Error {
  return provider ? new ProviderUnavailable(provider, { outcome: 'NOT_CARRIED_OUT', cause }) : cause;
}

function stale(): BadUserInput {
  return new BadUserInput('The item of this cursor is no longer in the list. Start again without `after`.');
}
