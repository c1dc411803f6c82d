import { LRUCache } from 'lru-cache';

import { checkDocument } from './document-limits.ts';

const REMEMBERED = 1_000;
const MAX_CHARACTERS = 2_000_000;

/** Checks documents as {@link checkDocument} does, and those that come again only once. */
export function checkedDocuments(): typeof checkDocument {
  const good = new LRUCache<string, true>({
    max: REMEMBERED,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_true, text) => text.length + 1,
  });
  return (text) => {
    if (good.get(text)) return;
    checkDocument(text);
    good.set(text, true);
  };
}
