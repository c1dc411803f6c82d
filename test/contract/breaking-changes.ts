import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, parse, type DirectiveNode } from 'graphql';

import { appliedDirectives } from '../support/applied-directives.ts';
import { isStricter } from './access.ts';

/** A change after which somebody's operation, router or subgraph no longer works. */
export interface BreakingChange {
  /** What it is about: a type, `Type.field` or `Type.field.argument`. */
  readonly coordinate: string;
  readonly message: string;
}

/**
 * What breaks those who use the released contract: what an operation may say and is answered, who may, and what other
 * subgraphs join to. Costs and cache ages are no part of it.
 */
export async function breakingChanges(released: string, current: string): Promise<BreakingChange[]> {
  return [...(await breakingForOperations(released, current)), ...breakingByDirectives(released, current)];
}

async function breakingForOperations(released: string, current: string): Promise<BreakingChange[]> {
  const changes = await diff(schemaOf(released), schemaOf(current));
  return changes
    .filter(({ criticality, type }) => {
      // Directives of the schema are no caller's: the ones that matter are looked at below.
      return criticality.level === CriticalityLevel.Breaking && !String(type).startsWith('DIRECTIVE_');
    })
    .map(({ path = '', message }) => ({ coordinate: path, message }));
}

/** What composers and routers act on: the schema without directives does not have it. */
function breakingByDirectives(released: string, current: string): BreakingChange[] {
  const now = appliedDirectives(parse(current));
  return [...appliedDirectives(parse(released))].flatMap(([coordinate, old]) => {
    const given = now.get(coordinate);
    if (!given) return []; // gone as a whole: told above
    return problemsOf(old, given).map((problem) => ({ coordinate, message: `'${coordinate}' ${problem}` }));
  });
}

function problemsOf(old: readonly DirectiveNode[], now: readonly DirectiveNode[]): string[] {
  const before = namesOf(old);
  const after = namesOf(now);
  const lost = ['key', 'shareable'].filter((name) => before.has(name) && !after.has(name));
  return [
    ...lost.map((name) => `is no longer @${name}: other subgraphs may need it`),
    ...(after.has('inaccessible') && !before.has('inaccessible') ? ['is hidden from callers'] : []),
    ...(isStricter(old, now) ? ['asks callers for more than before'] : []),
  ];
}

function namesOf(directives: readonly DirectiveNode[]): Set<string> {
  return new Set(directives.map(({ name }) => name.value));
}

function schemaOf(sdl: string) {
  return buildASTSchema(parse(sdl), { assumeValidSDL: true });
}
