import type { Place } from './cursor.ts';

export interface Identified {
  readonly id: string;
}

export interface Found<T> {
  readonly item: T;
  /** Right after it. */
  readonly place: Place;
}

/** A page of a source: what it was asked for with, and what follows it. Null where nothing does, or nothing that leads on. */
interface Position {
  readonly cursor: string | null;
  readonly next: string | null;
}

/** Collects what stands after a place, from the pages that begin with its own. Nothing is taken twice. */
export function itemsAfter<T extends Identified>({ after, last }: Place) {
  const found: Found<T>[] = [];
  const seen = new Set(last === null ? [] : [last]);
  let sought = after?.id ?? null;
  return {
    found: found as readonly Found<T>[],
    /** Whether the item of the place was not met yet. */
    isSeeking: () => sought !== null,

    /** @returns how many of a page's items were taken */
    take(items: readonly T[], position: Position): number {
      const before = found.length;
      const start = sought === null ? 0 : items.findIndex(({ id }) => id === sought) + 1;
      const isMet = sought === null || start > 0;
      items.forEach((item, index) => {
        const isNew = isMet && index >= start && !seen.has(item.id);
        if (isNew) found.push({ item, place: placeAfter(items, index, position) });
        seen.add(item.id);
      });
      if (isMet) sought = null;
      return found.length - before;
    },

    /** The last that was found is followed by nothing up to this page. */
    resumeAt(page: string): void {
      const end = found.pop();
      if (end) found.push({ item: end.item, place: { page, after: null, last: end.item.id } });
    },
  };
}

function placeAfter(items: readonly Identified[], index: number, { cursor, next }: Position): Place {
  const id = items[index]!.id;
  const isLastOfPage = index === items.length - 1 && next !== null;
  return isLastOfPage
    ? { page: next, after: null, last: id }
    : { page: cursor, after: { id, index }, last: null };
}
