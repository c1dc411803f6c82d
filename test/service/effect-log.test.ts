import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, it } from 'vitest';

import { openStore } from '../../src/store/store.ts';
import { startService } from '../support/service.ts';

it('tells what a dead process left in doubt, by its fingerprint and not by its key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-effect-log-'));
  const databaseUrl = `sqlite:${join(folder, 'x.db')}`;
  const encryptionKeys = [Buffer.alloc(32, 1)];
  await (await openStore({ databaseUrl, encryptionKeys })).close();
  const database = new DatabaseSync(join(folder, 'x.db'));
  database.exec(
    `INSERT INTO effect (operation, caller, key, fingerprint, state, attempt, owner, created_at)
     VALUES ('onboardCustomer', '', 'jane@example.com', 'id.hash', 'PENDING', 1, 'nobody', 0)`,
  );
  database.close();

  await using service = await startService({ databaseUrl, encryptionKeys });
  await expect.poll(() => service.log()).toContain('it is unknown whether it was carried out');

  const line =
    service
      .log()
      .split('\n')
      .find((each) => each.includes('it is unknown')) ?? '';
  expect(JSON.parse(line)).toMatchObject({ level: 50, operation: 'onboardCustomer', fingerprint: 'id.hash' });
  expect(service.log()).not.toContain('jane@example.com');
  rmSync(folder, { recursive: true });
});
