import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { CustomerOnboard } from '../../src/onboarding/customer-onboard.ts';
import type { OnboardingSession } from '../../src/onboarding/onboarding-session.ts';
import { madeKey, readKey, UnusableKeyFile } from '../../src/store/secrets/development-key.ts';
import { UndecryptableSecret } from '../../src/store/secrets/encryption.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { engineNames, startEngine, type Engine } from '../support/engines.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-store-'));
const encryptionKeys = [Buffer.alloc(32, 1)];
const inMemory = () => openStore({ databaseUrl: 'sqlite::memory:', encryptionKeys });

const session = (number: number, externalCustomerId: string | null = null): OnboardingSession => ({
  id: `session-${number}`,
  configurationId: 'flow-1',
  externalCustomerId,
  createdAt: new Date(1_000 * Math.floor(number / 2)), // two at a time, at the same moment
  completion: null,
});

const onboard: CustomerOnboard = {
  id: 'onboard-1',
  clientId: 'client-1',
  customerId: 'customer-1',
  productGroupId: 'group-1',
  triggerId: null,
  clientMessageTag: 'tag-1',
  message: 'Accepted',
  mobileAnalysisResults: [{ phoneNumber: '15556667777', result: 'landline' }],
  createdAt: new Date('2026-11-21T13:00:00Z'),
};

afterEach(() => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
});

it('says of every read that the store is out of reach, and does not speak of sending', async () => {
  const store = await inMemory();
  await store.close();
  const { onboardingSessions, customerOnboards, links } = store;
  const page = { cursor: null, limit: 1 };

  const reads = [
    onboardingSessions.getMany(['x']),
    onboardingSessions.tokens(['x']),
    onboardingSessions.list(page, {}),
    customerOnboards.getMany(['x']),
    customerOnboards.list(page, {}),
    links.list(page, 'x'),
    links.among(['x'], 'x'),
  ];

  for (const read of reads) {
    await expect(read).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: 'Our store is out of reach. Try again later.',
    });
  }
});

describe.each(engineNames)('on %s', (name) => {
  let engine: Engine;
  const stores: Store[] = [];
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  afterAll(() => engine.stop());

  async function newStore(): Promise<Store> {
    const store = await openStore({ databaseUrl: await engine.newDatabase(), encryptionKeys });
    stores.push(store);
    return store;
  }

  describe('onboarding sessions', () => {
    it('come back as they were stored, in the order they are asked for', async () => {
      const { onboardingSessions, write } = await newStore();
      await write(onboardingSessions.adding(session(1, 'customer-1'), 'token-1'));
      await write(onboardingSessions.adding(session(2), 'token-2'));

      expect(await onboardingSessions.getMany(['session-2', 'nothing', 'session-1'])).toEqual([
        session(2),
        null,
        session(1, 'customer-1'),
      ]);
      expect(await onboardingSessions.tokens(['session-2', 'nothing', 'session-1'])).toEqual([
        'token-2',
        null,
        'token-1',
      ]);
    });

    it('take the newest token of a session that is opened again', async () => {
      const { onboardingSessions, write } = await newStore();
      await write(onboardingSessions.adding(session(1), 'token-1'));
      await write(onboardingSessions.adding(session(1), 'token-2'));

      expect(await onboardingSessions.tokens(['session-1'])).toEqual(['token-2']);
    });

    it('are completed once: the first completion stays', async () => {
      const { onboardingSessions, write } = await newStore();
      await write(onboardingSessions.adding(session(1), 'token-1'));
      const completion = {
        redirectionUrl: 'https://example.com',
        action: 'approved',
        completedAt: new Date(5_000),
      };

      await write(onboardingSessions.completing('session-1', completion));
      await write(
        onboardingSessions.completing('session-1', {
          ...completion,
          action: 'other',
          completedAt: new Date(9_000),
        }),
      );

      expect(await onboardingSessions.getMany(['session-1'])).toEqual([{ ...session(1), completion }]);
    });

    it('are listed newest first, page by page, each once, also those of the same moment', async () => {
      const { onboardingSessions, write } = await newStore();
      for (let number = 0; number < 7; number++)
        await write(onboardingSessions.adding(session(number), 'token'));
      const seen: string[] = [];

      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof onboardingSessions.list>> = await onboardingSessions.list(
          { cursor, limit: 3 },
          {},
        );
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);

      expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((number) => `session-${number}`));
    });

    it('have no next page where the last is exactly full', async () => {
      const { onboardingSessions, write } = await newStore();
      for (let number = 0; number < 3; number++)
        await write(onboardingSessions.adding(session(number), 'token'));

      expect((await onboardingSessions.list({ cursor: null, limit: 3 }, {})).nextCursor).toBeNull();
    });

    it('are listed by customer', async () => {
      const { onboardingSessions, write } = await newStore();
      await write(onboardingSessions.adding(session(1, 'customer-1'), 'token'));
      await write(onboardingSessions.adding(session(2, 'customer-2'), 'token'));

      const { items } = await onboardingSessions.list(
        { cursor: null, limit: 9 },
        { externalCustomerId: 'customer-2' },
      );

      expect(items.map(({ id }) => id)).toEqual(['session-2']);
    });
  });

  describe('customer onboards', () => {
    it('come back as they were stored', async () => {
      const { customerOnboards, write } = await newStore();
      await write(customerOnboards.adding(onboard));

      expect(await customerOnboards.getMany(['nothing', 'onboard-1'])).toEqual([null, onboard]);
      expect(
        (await customerOnboards.list({ cursor: null, limit: 9 }, { customerId: 'customer-1' })).items,
      ).toEqual([onboard]);
      expect(
        (await customerOnboards.list({ cursor: null, limit: 9 }, { customerId: 'other' })).items,
      ).toEqual([]);
    });
  });

  describe('the links of customers to hosted sessions', () => {
    it('are kept once each, newest first', async () => {
      const { links, write } = await newStore();
      for (const number of [1, 2, 2, 3]) {
        await write(
          links.adding({
            customerId: 'customer-1',
            sessionId: `hosted-${number}`,
            createdAt: new Date(number),
          }),
        );
      }
      await write(links.adding({ customerId: 'customer-2', sessionId: 'hosted-4', createdAt: new Date(4) }));

      const first = await links.list({ cursor: null, limit: 2 }, 'customer-1');
      const second = await links.list({ cursor: first.nextCursor, limit: 2 }, 'customer-1');

      expect([first.items, second.items]).toEqual([['hosted-3', 'hosted-2'], ['hosted-1']]);
      expect(second.nextCursor).toBeNull();
    });
  });

  it('opens as several at once on one new database', async () => {
    const databaseUrl = await engine.newDatabase();

    const opened = await Promise.all(
      Array.from({ length: 10 }, () => openStore({ databaseUrl, encryptionKeys })),
    );
    stores.push(...opened);

    expect(await Promise.all(opened.map((store) => store.isReady()))).toEqual(
      Array.from({ length: 10 }, () => true),
    );
  });

  it('takes writes from several processes at once', async () => {
    const databaseUrl = await engine.newDatabase();
    const opened = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl, encryptionKeys })));
    stores.push(...opened);

    await Promise.all(
      Array.from({ length: 90 }, async (_, index) => {
        const store = opened[index % 3];
        await store?.write(store.onboardingSessions.adding(session(index, 'customer-1'), 'token'));
      }),
    );

    const { items } = (await opened[0]?.onboardingSessions.list({ cursor: null, limit: 100 }, {})) ?? {
      items: [],
    };
    expect(items).toHaveLength(90);
  });

  it('makes writes together or not at all, whatever comes in at the same moment', async () => {
    const { customerOnboards, write } = await newStore();
    const wrong = customerOnboards.adding({ ...onboard, id: 'wrong', clientId: null as never });
    const other = (id: string) => customerOnboards.adding({ ...onboard, id });

    const outcomes = await Promise.allSettled([
      write(other('a')),
      write(other('b'), wrong),
      write(other('c')),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await customerOnboards.getMany(['a', 'b', 'c'])).toMatchObject([{ id: 'a' }, null, { id: 'c' }]);
  });
});

describe('a database file', () => {
  it('answers the tokens that can be read beside one that cannot', async () => {
    const file = join(folder, 'tokens.db');
    const { onboardingSessions, write } = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys });
    await write(
      onboardingSessions.adding(session(1), 'token-1'),
      onboardingSessions.adding(session(2), 'token-2'),
    );
    new DatabaseSync(file).exec(
      "UPDATE onboarding_session SET session_token_encrypted = 'v1.x.y' WHERE id = 'session-1'",
    );

    const [broken, whole] = await onboardingSessions.tokens(['session-1', 'session-2']);

    expect(broken).toBeInstanceOf(UndecryptableSecret);
    expect(whole).toBe('token-2');
  });

  it('keeps what was stored, for its owner alone, with tokens and phone numbers unreadable in every file', async () => {
    const file = join(folder, 'deep', 'down', 'onboarding.db');
    const store = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys });
    await store.write(store.onboardingSessions.adding(session(1), 'the-session-token'));
    await store.write(store.customerOnboards.adding(onboard));
    const files = readdirSync(join(folder, 'deep', 'down')).map((name) => join(folder, 'deep', 'down', name));

    expect(files.length).toBeGreaterThan(1); // the write-ahead log is looked at, too
    for (const path of files) {
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(readFileSync(path).includes('the-session-token')).toBe(false);
      expect(readFileSync(path).includes('15556667777')).toBe(false);
    }
    await store.close();
    const again = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys });
    expect(await again.onboardingSessions.tokens(['session-1'])).toEqual(['the-session-token']);
    await again.close();
  });

  it.each(['deleted', 'replaced'])(
    'takes nothing more once its file is %s, and says so once',
    async (what) => {
      const file = join(folder, 'onboarding.db');
      const outages: unknown[] = [];
      const store = await openStore({
        databaseUrl: `sqlite:${file}`,
        encryptionKeys,
        onOutage: (cause) => outages.push(cause),
      });
      expect(await store.isReady()).toBe(true);

      if (what === 'replaced') copyFileSync(file, `${file}.new`);
      rmSync(file);
      if (what === 'replaced') renameSync(`${file}.new`, file);

      await expect(store.write(store.onboardingSessions.adding(session(1), 'token'))).rejects.toThrow(
        `The file ${file} was deleted or replaced`,
      );
      expect([await store.isReady(), await store.isReady()]).toEqual([false, false]);
      expect(outages).toEqual([
        expect.objectContaining({ message: expect.stringContaining('deleted') as string }),
      ]);
      await store.close();
    },
  );

  it('goes on by itself once its file is back in its place', async () => {
    const file = join(folder, 'onboarding.db');
    const store = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys });
    renameSync(file, `${file}.aside`);
    await expect(store.write(store.onboardingSessions.adding(session(1), 'token'))).rejects.toThrow(
      'Put it back in its place, and mutations go on by themselves',
    );

    renameSync(`${file}.aside`, file);

    await store.write(store.onboardingSessions.adding(session(2), 'token'));
    expect(await store.isReady()).toBe(true);
    await store.close();
  });

  it('is not ready while another program keeps it locked, and says so within a few seconds', async () => {
    const file = join(folder, 'onboarding.db');
    const store = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();

    expect(await store.isReady()).toBe(false);

    expect(performance.now() - start).toBeLessThan(4_500);
    other.exec('COMMIT');
    other.close();
    expect(await store.isReady()).toBe(true);
    await store.close();
  });

  it('is not ready once it is closed', async () => {
    const store = await inMemory();
    expect(await store.isReady()).toBe(true);

    await store.close();

    expect(await store.isReady()).toBe(false);
  });
});

const openWith = async (...keys: number[]) => {
  const store = await openStore({
    databaseUrl: `sqlite:${join(folder, 'keys.db')}`,
    encryptionKeys: keys.map((byte) => Buffer.alloc(32, byte)),
  });
  await store.close();
};

describe('the encryption keys of a database', () => {
  it('may be rotated', async () => {
    await openWith(1);

    await expect(openWith(2, 1)).resolves.toBeUndefined();
    await expect(openWith(2, 1)).resolves.toBeUndefined();
  });

  it.each([[[2]], [[2, 3]]])(
    'may not be lost: %j instead of 1 is told at start, with the remedy',
    async (keys) => {
      await openWith(1);

      await expect(openWith(...keys)).rejects.toThrow(/Add that key to the end of ENCRYPTION_KEYS/);
    },
  );
});

describe('the key of a development machine', () => {
  it('is made once, for its owner alone', () => {
    const file = join(folder, 'data', 'encryption-key');
    expect(readKey(file)).toBeNull();

    const key = madeKey(file);

    expect(key).toHaveLength(32);
    expect([madeKey(file), readKey(file)]).toEqual([key, key]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is read although an editor has put a byte order mark before it', () => {
    const file = join(folder, 'encryption-key');
    const key = madeKey(file);
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);

    expect(readKey(file)).toEqual(key);
  });

  it.each(['damaged', `${Buffer.alloc(32, 1).toString('base64')} # mine`])(
    'is not replaced by %j',
    (text) => {
      const file = join(folder, 'encryption-key');
      writeFileSync(file, text);

      expect(() => readKey(file)).toThrow(UnusableKeyFile);
      expect(() => madeKey(file)).toThrow(UnusableKeyFile);
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );

  it('is told of where it cannot be made', () => {
    writeFileSync(join(folder, 'a-file'), '');

    expect(() => madeKey(join(folder, 'a-file', 'encryption-key'))).toThrow(/cannot be made\. Check/);
  });

  it('is another each time where all is in memory', async () => {
    const stores = await Promise.all(
      [1, 2].map(() => openStore({ databaseUrl: 'sqlite::memory:', encryptionKeys: null })),
    );

    expect(stores[0]?.derivedKeys('x')).not.toEqual(stores[1]?.derivedKeys('x'));
    for (const store of stores) await store.close();
  });
});
