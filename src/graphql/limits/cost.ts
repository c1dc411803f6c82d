import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { MAX_PAGE_SIZE } from '../../onboarding/page.ts';
import { weightsOf, type Weights } from './weights.ts';

type Variables = Readonly<Record<string, unknown>>;

/** How long a list is that another field's arguments have cut: that of a connection's `edges` and `nodes`. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: number;
}

/** How much an operation is, at the most. */
export interface Extent {
  /** In the units of `@cost`. */
  readonly cost: number;
  /** How many fields are answered, each as often as it is. */
  readonly values: number;
}

const NOTHING: Extent = { cost: 0, values: 0 };
const plus = (a: Extent, b: Extent): Extent => ({ cost: a.cost + b.cost, values: a.values + b.values });
const times = (count: number, { cost, values }: Extent): Extent => ({
  cost: count * cost,
  values: count * values,
});

const extents = new WeakMap<OperationDefinitionNode, Extent>();

/**
 * How much an operation is, before it is carried out. It costs the weights of its fields, times the lengths of the lists
 * that they stand in, as a router reckons it from the same `@cost` and `@listSize`. Entities cost what is asked of each.
 * The document must be valid: fragments that contain themselves have no end.
 */
export function extentOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): Extent {
  const known = extents.get(operation);
  if (known !== undefined) return known;

  const variables = { ...defaultsOf(operation), ...given };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  // Each fragment once for each list that it stands in, however often it is spread.
  const ofFragments = new Map<string, Extent>();

  function ofSelectionSet(set: SelectionSetNode, type: GraphQLCompositeType, sized: Sized | null): Extent {
    let sum = NOTHING;
    for (const selection of set.selections) {
      if (isIncluded(selection, variables)) sum = plus(sum, ofSelection(selection, type, sized));
    }
    return sum;
  }

  function ofSelection(selection: SelectionNode, type: GraphQLCompositeType, sized: Sized | null): Extent {
    if (selection.kind === Kind.FIELD) return ofField(selection, type, sized);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return ofFragment(selection.typeCondition?.name.value, selection.selectionSet, type, sized);
    }
    const fragment = fragments.get(selection.name.value);
    if (!fragment) return NOTHING;
    const key = [fragment.name.value, type.name, sized?.size].join(' ');
    let extent = ofFragments.get(key);
    if (!extent) {
      extent = ofFragment(fragment.typeCondition.name.value, fragment.selectionSet, type, sized);
      ofFragments.set(key, extent);
    }
    return extent;
  }

  function ofFragment(
    condition: string | undefined,
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    sized: Sized | null,
  ): Extent {
    const narrowed = condition === undefined ? type : schema.getType(condition);
    if (!isCompositeType(narrowed) || !canBe(type, narrowed)) return NOTHING;
    return ofSelectionSet(set, isObjectType(type) ? type : narrowed, sized);
  }

  /** Whether a value of the one type may be of the other, too. */
  function canBe(type: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
    if (type === other || !isObjectType(type)) return true;
    return isAbstractType(other) && schema.isSubType(other, type);
  }

  function ofField(node: FieldNode, type: GraphQLCompositeType, sized: Sized | null): Extent {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return NOTHING; // introspection
    if (field.name === '_entities') return ofEntities(node);
    const weights = weightsOf(field);
    const size = sizeOf(field, node, weights);
    const below = weights.sizedFields.length > 0 ? { fields: weights.sizedFields, size } : null;
    const inner = getNamedType(field.type);
    const each = plus(
      { cost: weights.weight, values: 1 },
      node.selectionSet && isCompositeType(inner) ? ofSelectionSet(node.selectionSet, inner, below) : NOTHING,
    );
    if (sized?.fields.includes(field.name)) return times(sized.size, each);
    return times(below ? 1 : size, each);
  }

  function sizeOf(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    { slicingArguments, assumedSize }: Weights,
  ): number {
    const sizes = slicingArguments
      .map((name) => argumentOf(node, name) ?? field.args.find((arg) => arg.name === name)?.defaultValue)
      .filter((value) => typeof value === 'number')
      // More or less than a page can hold is refused by the field itself.
      .map((value) => Math.min(Math.max(value, 0), MAX_PAGE_SIZE));
    return sizes.length > 0 ? Math.max(...sizes) : assumedSize;
  }

  function ofEntities({ selectionSet, ...node }: FieldNode): Extent {
    if (!selectionSet) return NOTHING;
    // One that is not in a list is taken for a list of one.
    const representations = [argumentOf(node, 'representations')].flat();
    const counts = new Map<unknown, number>();
    for (const representation of representations) {
      const name = (representation as { __typename?: unknown } | null)?.__typename;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].reduce((sum, [name, count]) => {
      const type = typeof name === 'string' ? schema.getType(name) : undefined;
      const each = isObjectType(type) ? ofSelectionSet(selectionSet, type, null) : NOTHING;
      return plus(sum, times(count, plus({ cost: 1, values: 1 }, each)));
    }, NOTHING);
  }

  function argumentOf({ arguments: args }: Pick<FieldNode, 'arguments'>, name: string): unknown {
    const argument = args?.find((candidate) => candidate.name.value === name);
    return argument && valueFromASTUntyped(argument.value, variables);
  }

  const root = schema.getRootType(operation.operation);
  const extent = root ? ofSelectionSet(operation.selectionSet, root, null) : NOTHING;
  // Without variables it is the same every time.
  if (!operation.variableDefinitions?.length) extents.set(operation, extent);
  return extent;
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (!selection.directives?.length) return true;
  try {
    if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false;
  } catch {
    return true; // a variable of the wrong type, which ends the operation before anything is carried out
  }
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
