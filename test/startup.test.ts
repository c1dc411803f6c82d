import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';

import { readConfig } from '../src/config.ts';
import { subgraphSchema } from '../src/graphql/schema.ts';
import { keyIn, listen, openedStore, trustedDocumentsIn } from '../src/startup.ts';
import { StartupProblem } from '../src/startup-problem.ts';
import { closedUrl } from './support/provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-startup-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keys = [Buffer.alloc(32, 1)];

describe('a step of the start that cannot be taken', () => {
  it('tells a damaged key, and does not replace it', () => {
    writeFileSync(join(folder, 'encryption-key'), 'damaged');

    expect(() => keyIn(folder)).toThrow(/^The key in .* is damaged/);
  });

  it('tells a folder that cannot be written', () => {
    writeFileSync(join(folder, 'a-file'), '');

    expect(() => keyIn(join(folder, 'a-file'))).toThrow(/cannot be written/);
  });

  it('tells a file that is not a database', async () => {
    const file = join(folder, 'x.db');
    writeFileSync(file, 'this is not a database, and long enough to be taken for one'.repeat(20));

    await expect(openedStore(`sqlite:${file}`, keys)).rejects.toThrow(/is not a database, or is damaged/);
  });

  it('tells a database file that cannot be made', async () => {
    await expect(openedStore(`sqlite:${join(folder, 'a-file', 'x.db')}`, keys)).rejects.toThrow(
      /cannot be opened or written/,
    );
  });

  it('tells a missing encryption key', async () => {
    const url = `sqlite:${join(folder, 'keys.db')}`;
    await (await openedStore(url, keys)).close();

    await expect(openedStore(url, [Buffer.alloc(32, 2)])).rejects.toThrow(/ENCRYPTION_KEYS/);
  });

  it('tells a database server that is not there, without its password', async () => {
    const url = (await closedUrl()).replace('http://', 'postgres://user:secret@');

    const opened = openedStore(`${url}/onboarding`, keys);

    await expect(opened).rejects.toThrow(/^The PostgreSQL database of DATABASE_URL cannot be reached/);
    await expect(opened).rejects.not.toThrow(/secret/);
  });

  it.each([
    ['that is missing', null, /cannot be read\. It must be a file/],
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

    const read = () => trustedDocumentsIn(file, subgraphSchema());

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
