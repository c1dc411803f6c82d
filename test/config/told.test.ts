import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

import { describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { envExample, withTable } from './told.ts';

const root = new URL('../../', import.meta.url);

// Where one of these fails, `npx vitest run test/config -u` writes what is missing.
describe('the variables', () => {
  it('are told in .env.example, each with its sentence and its default', async () => {
    await expect(envExample()).toMatchFileSnapshot(fileURLToPath(new URL('.env.example', root)));
  });

  it("are told in the README's table, each with its sentence and its default", async () => {
    const file = new URL('README.md', root);

    await expect(withTable(readFileSync(file, 'utf8'))).toMatchFileSnapshot(fileURLToPath(file));
  });

  it('are what they would be without .env.example, where it is copied as it is', () => {
    const { HOST, PORT, ...copied } = parseEnv(readFileSync(new URL('.env.example', root), 'utf8'));
    const ours = Object.keys(copied).filter((name) => envExample().includes(`\n${name}=`));

    expect(readConfig(Object.fromEntries(ours.map((name) => [name, copied[name]])))).toEqual(readConfig({}));
    expect([HOST, PORT]).toEqual(['127.0.0.1', '4001']);
  });
});
