import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { sandboxIncode } from '../../src/sandbox/seeds.ts';
import { composers, type Subgraph } from '../support/composers.ts';
import { run } from '../support/process.ts';
import { startService } from '../support/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/supergraph.md'), 'utf8');
const sdl = (file: string) => readFileSync(join(root, file), 'utf8');
const subgraph = (name: string, text: string): Subgraph => ({ name, typeDefs: parse(text) });
const crm = subgraph('crm', sdl('test/support/crm.graphql'));

describe('docs/supergraph.md', () => {
  it.each(composers)('has a query that the supergraph of %s takes', (_name, compose) => {
    const [, query = ''] = /```graphql\n(query [\s\S]*?)```/.exec(page) ?? [];
    const { api } = compose([subgraph('onboarding', sdl('schema.graphql')), crm]);

    expect(validate(api, parse(query))).toEqual([]);
  });

  it('has a command that leaves the access rules out of the schema, and nothing else', () => {
    const [, command = ''] = /(sed -E .*) > open\.graphql/.exec(page) ?? [];
    const open = execFileSync('sh', ['-c', command], {
      env: { ...process.env, ONBOARDING: root },
      encoding: 'utf8',
    });

    for (const [, compose] of composers) {
      const composition = compose([subgraph('onboarding', open), crm]);
      expect(composition.remarks).toEqual([]);
      expect(composition.access).toEqual({});
      expect(Object.keys(composition.costs).length).toBeGreaterThan(15);
    }
  });

  it('has an issuer whose token may do everything, and a router that lets through what a mutation’s error says', () => {
    const scopes = new Set(sdl('schema.graphql').match(/onboarding:\w+/g));
    const [, given = ''] = /scope: '(.*)'/.exec(sdl('docs/examples/issuer.ts')) ?? [];

    expect(given.split(' ').toSorted()).toEqual([...scopes].toSorted());
    expect(page).toMatch(/allowed_extension_fields: \[code, outcome, /);
  });

  it('has a CRM that starts as it says and serves its schema', async () => {
    expect(page).toContain('node docs/examples/crm.ts');
    const cwd = mkdtempSync(join(tmpdir(), 'onboarding-crm-'));
    const program = run('docs/examples/crm.ts', { cwd, env: { PORT: '0' } });
    try {
      const [, url = ''] = await program.printed(/The CRM listens at (\S+)/);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: '{ crmCustomer(id: "customer-1001") { email lastOnboardingSession { id } } }',
        }),
      });

      expect(await response.json()).toEqual({
        data: {
          crmCustomer: {
            email: 'customer-1001@example.com',
            lastOnboardingSession: { id: sandboxIncode.sessions[0].interviewId },
          },
        },
      });
    } finally {
      program.kill('SIGTERM');
      await program.ended;
      rmSync(cwd, { recursive: true });
    }
  });

  it('has an issuer whose token the service accepts, with the claims that it is given', async () => {
    expect(page).toContain('node docs/examples/issuer.ts');
    const program = run('docs/examples/issuer.ts', {
      cwd: root,
      args: ['customer_id=customer-1001'],
      env: { PORT: '0' },
    });
    try {
      const [, jwksUrl = '', issuer = '', audience = ''] = await program.printed(
        /^export AUTH_JWKS_URL=(\S+) AUTH_ISSUER=(\S+) AUTH_AUDIENCE=(\S+)$/m,
      );
      const [, token = ''] = await program.printed(/^export TOKEN=(\S+)$/m);
      const { access } = readConfig({
        AUTH_JWKS_URL: jwksUrl,
        AUTH_ISSUER: issuer,
        AUTH_AUDIENCE: audience,
      });
      await using service = await startService({ access });

      const ask = (customerId: string) =>
        service.query(
          'query ($id: ID) { onboardingSessions(filter: { externalCustomerId: $id }) { nodes { id } } }',
          { id: customerId },
          { authorization: `Bearer ${token}` },
        );

      expect((await ask('customer-1001')).data).toEqual({ onboardingSessions: { nodes: [] } });
      expect((await ask('customer-1002')).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    } finally {
      program.kill('SIGTERM');
      await program.ended;
    }
  });

  it.each(['supergraph.yaml', 'docs/examples/supergraph.yaml', 'docs/examples/cosmo.yaml'])(
    'has files for composers that name schemas that exist: %s',
    (file) => {
      const named = [...sdl(file).matchAll(/file: (\S+)/g)].map(([, path = '']) =>
        join(root, file, '..', path),
      );

      expect(named.length).toBeGreaterThan(0);
      for (const path of named) expect(() => parse(readFileSync(path, 'utf8'))).not.toThrow();
    },
  );
});
