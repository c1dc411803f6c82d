import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildClientSchema, introspectionFromSchema, printSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';

import { subgraphSchema } from '../../src/graphql/schema.ts';
import { run } from '../support/process.ts';
import { INSTALL_TIMEOUT_MS, installed } from './support/installed.ts';

beforeAll(installed, INSTALL_TIMEOUT_MS);

const project = fileURLToPath(new URL('programs/relay/', import.meta.url));

describe('relay-compiler', () => {
  it('compiles a project with @connection and @refetchable against the graph as it introspects', async () => {
    using folder = temporaryCopyOf(project);
    const seenByClients = buildClientSchema(introspectionFromSchema(subgraphSchema()));
    writeFileSync(join(folder.path, 'schema.graphql'), printSchema(seenByClients));

    const compiler = run('test/peers/programs/node_modules/relay-compiler/cli.js', { cwd: folder.path });
    const code = await compiler.ended;

    expect([code, compiler.output()]).toEqual([0, expect.stringContaining('Compilation completed.')]);
    const generated = join(folder.path, '__generated__');
    expect(readdirSync(generated)).toContain('EntitySessionsPageQuery.graphql.ts');
    expect(readFileSync(join(generated, 'EntitySessions_query.graphql.ts'), 'utf8')).toContain('"forward"');
  });
});

function temporaryCopyOf(folder: string): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'onboarding-relay-'));
  cpSync(folder, path, { recursive: true });
  return {
    path,
    [Symbol.dispose]() {
      rmSync(path, { recursive: true });
    },
  };
}
