import { Kind, type DocumentNode, type SelectionNode, type SelectionSetNode } from 'graphql';

import { RefusedOperation } from '../answers/refused-operation.ts';

const MAX_DEPTH = 12;

/**
 * Checks how deep fields stand in each other, fragments included. Introspection has a rule of its own in graphql-js.
 * @throws {RefusedOperation}
 */
export function checkDepth({ definitions }: DocumentNode): void {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  }
  // Each fragment once, however often it is spread. One that is met inside itself is a cycle, which validation refuses.
  const depths = new Map<string, number>();

  function depthOfFragment(name: string): number {
    const known = depths.get(name);
    if (known !== undefined) return known;
    depths.set(name, 0);
    const selectionSet = fragments.get(name);
    const depth = selectionSet ? depthOf(selectionSet) : 0;
    depths.set(name, depth);
    return depth;
  }

  function depthOf({ selections }: SelectionSetNode): number {
    let deepest = 0;
    for (const selection of selections) {
      deepest = Math.max(deepest, depthOfSelection(selection));
      if (deepest > MAX_DEPTH) throw tooDeep();
    }
    return deepest;
  }

  function depthOfSelection(selection: SelectionNode): number {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return depthOfFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet);
    if (selection.name.value.startsWith('__')) return 0;
    return 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0);
  }

  for (const node of definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) depthOf(node.selectionSet);
  }
}

export function tooDeep(): RefusedOperation {
  return new RefusedOperation(`An operation can be at most ${MAX_DEPTH} fields deep.`);
}
