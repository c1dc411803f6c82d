import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { subgraphSchema } from '../../src/graphql/schema.ts';
import { listen, openedStore, trustedDocumentsIn, usingDatabase } from '../../src/service/startup.ts';
import { StartupProblem } from '../../src/config/startup-problem.ts';
import { keyIdOf } from '../../src/store/secrets/encryption.ts';
import { closedUrl } from '../support/provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-startup-'));
afterAll(() => rmSync(folder, { recursive: true }));
const encryptionKeys = [Buffer.alloc(32, 1)];
const opened = (databaseUrl: string, keys: readonly Buffer[] | null = encryptionKeys) =>
  openedStore({ databaseUrl, encryptionKeys: keys });

describe('a step of the start that cannot be taken', () => {
  it('tells a damaged key, and does not replace it', async () => {
    const file = join(mkdtempSync(join(folder, 'damaged-')), 'encryption-key');
    writeFileSync(file, 'damaged');

    await expect(opened(`sqlite:${join(file, '../x.db')}`, null)).rejects.toThrow(
      `The key in ${file} is damaged.`,
    );
    expect(readFileSync(file, 'utf8')).toBe('damaged');
  });

  it('tells a file that is not a database', async () => {
    const file = join(folder, 'x.db');
    writeFileSync(file, 'this is not a database, and long enough to be taken for one'.repeat(20));

    await expect(opened(`sqlite:${file}`)).rejects.toThrow(/is not a database, or is damaged/);
  });

  it('tells a damaged database, which may have been restored beside the log of the one before it', async () => {
    const malformed = Object.assign(new Error('database disk image is malformed'), { errcode: 267 });

    await expect(usingDatabase('sqlite:data/x.db', () => Promise.reject(malformed))).rejects.toThrow(
      /^The database data\/x\.db is damaged\. .* data\/x\.db-wal and data\/x\.db-shm .* delete both, and restore it again\.$/,
    );
  });

  it('tells a database file that cannot be made', async () => {
    writeFileSync(join(folder, 'a-file'), '');

    await expect(opened(`sqlite:${join(folder, 'a-file', 'x.db')}`)).rejects.toThrow(
      /cannot be opened or written/,
    );
  });

  it('tells a missing encryption key', async () => {
    const url = `sqlite:${join(folder, 'keys.db')}`;
    await (await opened(url)).close();

    await expect(opened(url, [Buffer.alloc(32, 2)])).rejects.toThrow(
      `(${keyIdOf(Buffer.alloc(32, 1))}). Add that key to the end of ENCRYPTION_KEYS, which holds ${keyIdOf(Buffer.alloc(32, 2))}.`,
    );
  });

  it('tells a key file that is missing or another, by its path, and makes none', async () => {
    const restored = mkdtempSync(join(folder, 'restored-'));
    const url = `sqlite:${join(restored, 'x.db')}`;
    const file = join(restored, 'encryption-key');
    await (await opened(url, null)).close();

    rmSync(file);
    await expect(opened(url, null)).rejects.toThrow(
      `there is no file ${file}. Set the one, or restore the other.`,
    );
    expect(existsSync(file)).toBe(false);

    writeFileSync(file, Buffer.alloc(32, 2).toString('base64'));
    await expect(opened(url, null)).rejects.toThrow(`The one in ${file} is ${keyIdOf(Buffer.alloc(32, 2))}.`);
  });

  it('tells a database server that is not there, without its password', async () => {
    const url = (await closedUrl()).replace('http://', 'postgres://user:secret@');

    const opening = opened(`${url}/onboarding`);

    await expect(opening).rejects.toThrow(
      /^The PostgreSQL database of DATABASE_URL cannot be reached or used\. Nothing listens there/,
    );
    await expect(opening).rejects.not.toThrow(/secret/);
  });

  it.each([
    ['that is missing', null, /does not exist\./],
    ['that is not JSON', '{', /is not JSON\. Make it anew/],
    [
      'that is no manifest',
      '[]',
      /is neither a manifest of Apollo \(version 1\) nor one of Relay\. Make it anew/,
    ],
    [
      'of operations that do not fit the schema',
      '{"one":"{ nothing }","two":"{ __typename }","three":"{"}',
      /«one».*Cannot query field "nothing".*\n.*«three».*Syntax Error/,
    ],
  ])('tells a manifest of trusted documents %s', (_what, content, problem) => {
    const file = join(folder, 'manifest.json');
    rmSync(file, { force: true });
    if (content !== null) writeFileSync(file, content);

    const read = () => trustedDocumentsIn(file, subgraphSchema(), 1_000);

    expect(read).toThrow(problem);
    expect(read).toThrow(StartupProblem);
    expect(read).toThrow(/^The file .*manifest\.json of TRUSTED_DOCUMENTS /);
  });

  it.each([
    ['a port that is taken', '127.0.0.1', /^Port \d+ is taken\./],
    ['an address of another machine', '192.0.2.1', /^HOST is not an address of this machine\./],
  ])('tells %s', async (_what, host, message) => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;

    await expect(listen(fastify(), { ...readConfig({}), host, port })).rejects.toThrow(message);
    other.close();
  });
});
