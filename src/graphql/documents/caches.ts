import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** What Apollo Server asks of a cache. */
interface Cache<V> {
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
}

// Apollo's own caches are bounded by the documents' size alone. Filled by a caller with the smallest ones, they take 600 MB
// (1.5 million hashes) and 400 MB (66,000 parsed documents).

/** The texts that callers registered under their hash (automatic persisted queries): 10,000 of them, 30 MiB. */
export function registeredTexts(): Cache<string> {
  return asCache(
    new LRUCache({ max: 10_000, maxSize: 30 * 1024 * 1024, sizeCalculation: (text) => text.length }),
  );
}

/** The documents that were read and found valid before: 512 Ki characters of them, which take about 100 MB. */
export function validDocuments(): Cache<DocumentNode> {
  return asCache(
    new LRUCache({ max: 5_000, maxSize: 512 * 1024, sizeCalculation: ({ loc }) => loc?.end ?? 1 }),
  );
}

function asCache<V extends {}>(lru: LRUCache<string, V>): Cache<V> {
  return {
    async get(key) {
      return lru.get(key);
    },
    async set(key, value) {
      lru.set(key, value);
    },
    async delete(key) {
      return lru.delete(key);
    },
  };
}
