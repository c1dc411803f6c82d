import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService } from '../support/service.ts';
import { incodeCalls, increaseCalls, relayCalls } from './provider-calls.ts';
import { told } from './told.ts';

/** A label of a host has at most 63 characters: looking it up fails, and asks no network. */
const NOWHERE = `http://${'x'.repeat(64)}.test`;

describe('DNS failure', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dns-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.concurrent.each([...incodeCalls, ...increaseCalls, ...relayCalls])(
    '$name: PROVIDER_UNAVAILABLE, 0 requests; of a write, NOT_CARRIED_OUT, each time that it is repeated',
    async ({ name, provider, kind, prepare, document }) => {
      const kept = {
        databaseUrl: `sqlite:${join(folder, `${name.replace(' ', '-')}.db`)}`,
        encryptionKeys: [Buffer.alloc(32, 1)],
      };
      const outcome = kind !== 'read' && { outcome: 'NOT_CARRIED_OUT' };
      const before = await startService(kept);
      const variables = await prepare((text, others) => before.query(text, others));
      await before.stop();
      await using service = await startService(kept, async (config) => ({
        [provider]: { ...config[provider], baseUrl: NOWHERE },
      }));

      const first = told(await service.query(document, variables));
      const again = told(await service.query(document, variables));

      expect(first).toEqual({ code: 'PROVIDER_UNAVAILABLE', ...outcome });
      expect(again).toEqual(first);
      expect(await service.requests(provider)).toEqual([]);
    },
  );
});
