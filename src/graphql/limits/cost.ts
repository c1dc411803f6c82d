import {
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import type { Extent } from './extent.ts';
import { Reckoning } from './reckoning.ts';
import type { Variables } from './selections.ts';

const extents = new WeakMap<OperationDefinitionNode, Extent>();

/**
 * How much an operation is, before it is carried out. It costs the weights of its fields, times the lengths of the lists
 * that they stand in, as a router reckons it from the same `@cost` and `@listSize`. What several fragments ask for under one
 * name is answered once, and counts once. What may be of several types is as much as the largest. Entities cost what is
 * asked of each.
 * The document must be valid: fragments that contain themselves have no end.
 * @throws {RefusedOperation} when it has too many representations, or is too large to be reckoned
 */
export function extentOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): Extent {
  const known = extents.get(operation);
  if (known) return known;

  const reckoning = new Reckoning(schema, document, { ...defaultsOf(operation), ...given });
  const extent = reckoning.ofOperation(operation);
  if (reckoning.isTheSameEveryTime) extents.set(operation, extent);
  return extent;
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
