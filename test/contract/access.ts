import { valueFromASTUntyped, type DirectiveNode } from 'graphql';

const A_TOKEN = 'a token';

/** Whether a caller who was let in by the old directives may be refused by the new ones. */
export function isStricter(old: readonly DirectiveNode[], now: readonly DirectiveNode[]): boolean {
  const ways = waysIn(now);
  return !waysIn(old).every((held) => ways.some((way) => [...way].every((scope) => held.has(scope))));
}

/** Each is a set of what a caller has to hold; one of them is enough. */
function waysIn(directives: readonly DirectiveNode[]): Set<string>[] {
  let ways: Set<string>[] = [new Set()];
  for (const { name, arguments: given = [] } of directives) {
    if (name.value === 'authenticated') ways = ways.map((way) => way.union(new Set([A_TOKEN])));
    if (name.value !== 'requiresScopes') continue;
    const scopes = given.flatMap(({ value }) => valueFromASTUntyped(value) as string[][]);
    ways = ways.flatMap((way) => scopes.map((all) => way.union(new Set([A_TOKEN, ...all]))));
  }
  return ways;
}
