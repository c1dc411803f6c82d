import type { BreakingChange } from './breaking-changes.ts';

/**
 * The breaking changes that a changelog does not announce: it has to name each in backticks, or the type that it is a part
 * of, in a section "### Breaking" of "## Unreleased".
 */
export function unannounced(changes: readonly BreakingChange[], changelog: string): BreakingChange[] {
  const section = sectionOf(sectionOf(changelog, '## Unreleased'), '### Breaking');
  const named = new Set([...section.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  return changes.filter(({ coordinate }) => !prefixesOf(coordinate).some((name) => named.has(name)));
}

/** For whoever broke it: what it is, and what to do. Empty when there is nothing to do. */
export function reproach(changes: readonly BreakingChange[]): string {
  const [first] = changes;
  if (!first) return '';
  return [
    'This breaks those who use the released contract (test/contract/released.graphql):',
    ...changes.map(({ coordinate, message }) => `- ${coordinate}: ${message}`),
    'Keep the old beside the new and mark it @deprecated. Or, if it has to break, say in CHANGELOG.md, under "## Unreleased",',
    `in a section "### Breaking", what breaks, each by its name in backticks (\`${first.coordinate}\`), and what to do instead.`,
  ].join('\n');
}

/** From a heading to the next one of its rank or above. */
function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) return '';
  const rank = heading.indexOf(' ');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= rank);
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
}

/** `A.b.c`, `A.b`, `A`. */
function prefixesOf(coordinate: string): string[] {
  const parts = coordinate.split('.');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('.'));
}
