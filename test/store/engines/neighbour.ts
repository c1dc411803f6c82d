import { DatabaseSync } from 'node:sqlite';

import { openStore } from '../../../src/store/store.ts';

// Another process on the same database: one of ours that starts, writes and ends, and an operator who looks after it.
const [file = '', name = ''] = process.argv.slice(2);
const encryptionKeys = [Buffer.alloc(32, 1)];
const ROUNDS = 8;

for (let round = 0; round < ROUNDS; round += 1) {
  const store = await openStore({ databaseUrl: `sqlite:${file}`, encryptionKeys });
  for (let number = 0; number < 10; number += 1) {
    const id = `${name}-${round}-${number}`;
    await store.write(
      store.onboardingSessions.adding(
        { id, configurationId: 'flow', externalCustomerId: null, createdAt: new Date(), completion: null },
        'token',
      ),
    );
  }
  const operator = new DatabaseSync(file, { timeout: 10_000 });
  operator.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  operator.exec('VACUUM');
  operator.exec('PRAGMA wal_checkpoint(RESTART)');
  operator.close();
  await store.close();
}
