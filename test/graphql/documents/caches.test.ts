import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import { validDocuments, registeredTexts } from '../../../src/graphql/documents/caches.ts';

/** How many of so many entries are still there when all were put in. */
async function kept<V>(
  cache: { get(key: string): Promise<V | undefined>; set(key: string, value: V): Promise<void> },
  count: number,
  entry: V,
): Promise<number> {
  for (let i = 0; i < count; i++) await cache.set(`key-${i}`, entry);
  const found = await Promise.all(Array.from({ length: count }, (_, i) => cache.get(`key-${i}`)));
  return found.filter((value) => value !== undefined).length;
}

describe('the cache of registered texts', () => {
  it('keeps 10,000 of the smallest', async () => {
    expect(await kept(registeredTexts(), 10_100, '{a}')).toBe(10_000);
  });

  it('keeps 30 MiB of the largest', async () => {
    expect(await kept(registeredTexts(), 40, 'x'.repeat(1024 * 1024))).toBe(30);
  });

  it('answers what was put in until it is taken out', async () => {
    const cache = registeredTexts();
    await cache.set('key', '{a}');

    expect(await cache.get('key')).toBe('{a}');
    await cache.delete('key');
    expect(await cache.get('key')).toBeUndefined();
  });
});

describe('the cache of valid documents', () => {
  it('keeps 5,000 of the smallest', async () => {
    expect(await kept(validDocuments(), 5_100, parse('{a}'))).toBe(5_000);
  });

  it('keeps 512 Ki characters of the largest', async () => {
    expect(await kept(validDocuments(), 100, parse(`{a${' '.repeat(16 * 1024 - 3)}}`))).toBe(32);
  });
});
