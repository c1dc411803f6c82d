import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { MAX_PAGE_SIZE } from '../../onboarding/page.ts';
import { RefusedOperation } from '../answers/refused-operation.ts';
import { checkRepresentations } from './representations.ts';
import { weightsOf, type Weights } from './weights.ts';

type Variables = Readonly<Record<string, unknown>>;

/** How much an operation is, at the most. */
export interface Extent {
  /** In the units of `@cost`. */
  readonly cost: number;
  /** How many fields are answered, each as often as it is. A URL, which can be long, counts as ten. */
  readonly values: number;
}

/** How long a list is that another field's arguments have cut: that of a connection's `edges` and `nodes`. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: number;
}

/** As long as a list gets that no argument cuts: of problems, and of phone numbers. */
const LONGEST_LIST = 50;
const URL_VALUES = 10;
/** Fragments can have more places than anybody could count. */
const MAX_PLACES = 50_000;

const extents = new WeakMap<OperationDefinitionNode, Extent>();

/**
 * How much an operation is, before it is carried out. It costs the weights of its fields, times the lengths of the lists
 * that they stand in, as a router reckons it from the same `@cost` and `@listSize`. What several fragments ask for under one
 * name is answered once, and counts once. Entities cost what is asked of each.
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

  const variables = { ...defaultsOf(operation), ...given };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const total = { cost: 0, values: 0 };
  let places = 0;
  let isTheSameEveryTime = true;

  /** Adds what is asked of so many values of a type. */
  function add(
    nodes: readonly FieldNode[],
    type: GraphQLCompositeType,
    sized: Sized | null,
    times: Extent,
  ): void {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    for (const object of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) {
      for (const same of fieldsOf(sets, object).values()) addField(same, object, sized, times);
    }
  }

  /** The fields of selection sets, by the name that they are answered under. */
  function fieldsOf(sets: readonly SelectionSetNode[], type: GraphQLObjectType): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const seen = new Set<string>();
    const collect = (selection: SelectionNode): void => {
      if (selection.directives?.length) isTheSameEveryTime = false;
      if (!isIncluded(selection, variables)) return;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const same = fields.get(name);
        if (same) same.push(selection);
        else fields.set(name, [selection]);
        return;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      if (isSpread && seen.has(selection.name.value)) return;
      if (isSpread) seen.add(selection.name.value);
      const fragment = isSpread ? fragments.get(selection.name.value) : selection;
      if (fragment && isOf(type, fragment.typeCondition?.name.value)) {
        fragment.selectionSet.selections.forEach(collect);
      }
    };
    for (const { selections } of sets) selections.forEach(collect);
    return fields;
  }

  function isOf(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const other = schema.getType(condition);
    return isAbstractType(other) && schema.isSubType(other, type);
  }

  function addField(
    nodes: readonly FieldNode[],
    type: GraphQLObjectType,
    sized: Sized | null,
    times: Extent,
  ): void {
    places++;
    if (places > MAX_PLACES) throw new RefusedOperation('This operation asks for too much to be reckoned.');
    const [node] = nodes;
    const field = node && type.getFields()[node.name.value];
    if (!field) {
      total.values += times.values; // __typename; the rest of introspection has limits of its own
      return;
    }
    if (field.name === '_entities') return addEntities(nodes, node, times);
    const weights = weightsOf(field);
    const size = sizeOf(field, node, weights);
    const below = weights.sizedFields.length > 0 ? { fields: weights.sizedFields, size: size.cost } : null;
    const here = sized?.fields.includes(field.name)
      ? multiplied(times, { cost: sized.size, values: sized.size })
      : multiplied(times, below ? ONE : size);
    const inner = getNamedType(field.type);
    total.cost += here.cost * weights.weight;
    total.values += here.values * (inner.name === 'URL' ? URL_VALUES : 1);
    if (isCompositeType(inner)) add(nodes, inner, below, here);
  }

  function sizeOf(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    { slicingArguments, assumedSize }: Weights,
  ): Extent {
    const sizes = slicingArguments
      .map((name) => argumentOf(node, name) ?? field.args.find((arg) => arg.name === name)?.defaultValue)
      .filter((value) => typeof value === 'number')
      // More or less than a page can hold is refused by the field itself.
      .map((value) => Math.min(Math.max(value, 0), MAX_PAGE_SIZE));
    if (sizes.length > 0) return { cost: Math.max(...sizes), values: Math.max(...sizes) };
    return { cost: assumedSize, values: isList(field) ? LONGEST_LIST : 1 };
  }

  function addEntities(nodes: readonly FieldNode[], node: FieldNode, times: Extent): void {
    // One that is not in a list is taken for a list of one.
    const representations = [argumentOf(node, 'representations')].flat();
    checkRepresentations(representations);
    const counts = new Map<unknown, number>();
    for (const representation of representations) {
      const name = (representation as { __typename?: unknown } | null)?.__typename;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, count] of counts) {
      const here = multiplied(times, { cost: count, values: count });
      total.cost += here.cost;
      total.values += here.values;
      const type = typeof name === 'string' ? schema.getType(name) : undefined;
      if (isObjectType(type)) add(nodes, type, null, here);
    }
  }

  function argumentOf({ arguments: args }: FieldNode, name: string): unknown {
    const argument = args?.find((candidate) => candidate.name.value === name);
    if (!argument) return undefined;
    if (argument.value.kind !== Kind.INT) isTheSameEveryTime = false;
    return valueFromASTUntyped(argument.value, variables);
  }

  const root = schema.getRootType(operation.operation);
  if (root) {
    for (const same of fieldsOf([operation.selectionSet], root).values()) addField(same, root, null, ONE);
  }
  if (isTheSameEveryTime) extents.set(operation, total);
  return total;
}

const ONE: Extent = { cost: 1, values: 1 };

function multiplied(times: Extent, by: Extent): Extent {
  return { cost: times.cost * by.cost, values: times.values * by.values };
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(type));
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
