import { visit, type ASTNode, type DocumentNode } from 'graphql';

import { RefusedOperation } from '../refused-operation.ts';

const MAX_ALIASES = 30;
/** Of fields in introspection, where each multiplies what is below it, and nobody has to show a token. */
const MAX_INTROSPECTION_ALIASES = 2;
/** Of fields that are answered under one name: validation compares each with each. */
const MAX_PAIRS = 50_000;
const MAX_FRAGMENTS = 300;

/**
 * Checks how often fields are asked for, and how many fragments there are.
 * @throws {RefusedOperation}
 */
export function checkFields(document: DocumentNode): void {
  const aliases = new Tally();
  const names = new Tally();
  let pairs = 0;
  let fragments = 0;
  const introspection: ASTNode[] = [];
  visit(document, {
    Field(node) {
      const { alias, name, selectionSet } = node;
      if (alias && aliases.count(name.value) > MAX_ALIASES) {
        throw new RefusedOperation(`An operation can have at most ${MAX_ALIASES} aliases of one field.`);
      }
      pairs += names.count(alias?.value ?? name.value) - 1;
      if (pairs > MAX_PAIRS) throw new RefusedOperation('An operation must not repeat its fields so often.');
      if (isIntrospection(name.value) && selectionSet) introspection.push(selectionSet);
    },
    FragmentDefinition(node) {
      fragments++;
      if (fragments > MAX_FRAGMENTS) {
        throw new RefusedOperation(`An operation can have at most ${MAX_FRAGMENTS} fragments.`);
      }
      if (isIntrospection(node.typeCondition.name.value)) introspection.push(node);
    },
  });
  checkIntrospection(introspection);
}

function checkIntrospection(parts: readonly ASTNode[]): void {
  let aliases = 0;
  for (const part of parts) {
    visit(part, {
      Field({ alias }) {
        if (alias) aliases++;
      },
    });
  }
  if (aliases > MAX_INTROSPECTION_ALIASES) {
    throw new RefusedOperation(`Introspection can have at most ${MAX_INTROSPECTION_ALIASES} aliases.`);
  }
}

const isIntrospection = (name: string) => name.startsWith('__');

class Tally {
  readonly #counts = new Map<string, number>();

  /** How often it was counted, this time included. */
  count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}
