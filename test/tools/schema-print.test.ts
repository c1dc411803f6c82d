import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse, print, type DefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let service: Service;
let printed: string;
beforeAll(async () => {
  service = await startService({ introspection: false });
  printed = npm('run', '-s', 'schema:print');
});
afterAll(() => service.stop());

describe('npm run schema:print', () => {
  it('prints what the service answers to a router that asks, to the byte, introspection or not', async () => {
    const { data, errors } = await service.query('{ _service { sdl } }');

    expect(errors).toBeUndefined();
    expect(printed).toBe(data._service.sdl);
  });

  it('has every definition of schema.graphql as it is written there', () => {
    const written = definitionsOf(readFileSync(`${root}/schema.graphql`, 'utf8'));

    expect(definitionsOf(printed)).toEqual(expect.arrayContaining(written));
  });

  it('adds nothing to schema.graphql but what federation defines', () => {
    const written = definitionsOf(readFileSync(`${root}/schema.graphql`, 'utf8'));
    const added = parse(printed).definitions.filter((definition) => !written.includes(print(definition)));

    expect(added.map(nameOf).filter((name) => !OF_FEDERATION.test(name))).toEqual([]);
  });
});

/** `_entities`, `_service` and their types; the federation and link specifications; the directives that we import. */
const OF_FEDERATION =
  /^(_|federation__|link__|(Query|link|key|shareable|tag|authenticated|requiresScopes|cost|listSize|inaccessible)$)/;

function definitionsOf(sdl: string): string[] {
  return parse(sdl).definitions.map(print);
}

function nameOf(definition: DefinitionNode): string {
  return 'name' in definition && definition.name ? definition.name.value : definition.kind;
}

function npm(...args: string[]): string {
  const { stdout, status } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout;
}
