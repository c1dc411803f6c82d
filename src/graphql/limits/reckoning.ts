import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import { MAX_PAGE_SIZE } from '../../onboarding/page.ts';
import { RefusedOperation } from '../answers/refused-operation.ts';
import { both, largest, NOTHING, product, sum, type Extent } from './extent.ts';
import { checkRepresentations } from './representations.ts';
import { Selections, type Variables } from './selections.ts';
import { weightsOf, type Weights } from './weights.ts';

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

/** Reckons how much one operation is, with its variables. The document must be valid. */
export class Reckoning {
  readonly #schema: GraphQLSchema;
  readonly #variables: Variables;
  readonly #selections: Selections;
  #places = 0;
  #hasVariables = false;

  /** @param variables with their defaults */
  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    this.#selections = new Selections(schema, document, variables);
  }

  /** Whether other variables would have given the same. */
  get isTheSameEveryTime(): boolean {
    return !this.#hasVariables && !this.#selections.hasConditions;
  }

  /** @throws {RefusedOperation} */
  ofOperation({ operation, selectionSet }: OperationDefinitionNode): Extent {
    const root = this.#schema.getRootType(operation);
    return root ? this.#ofObject([selectionSet], root, null) : NOTHING;
  }

  /** What is asked of one value. One of an abstract type is of one object type: at the most, of the largest. */
  #ofValue(nodes: readonly FieldNode[], type: GraphQLCompositeType, sized: Sized | null): Extent {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const objects = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    return largest(objects.map((object) => this.#ofObject(sets, object, sized)));
  }

  #ofObject(sets: readonly SelectionSetNode[], type: GraphQLObjectType, sized: Sized | null): Extent {
    const fields = this.#selections.fieldsOf(sets, type);
    return sum([...fields.values()].map((nodes) => this.#ofField(nodes, type, sized)));
  }

  #ofField(nodes: readonly FieldNode[], type: GraphQLObjectType, sized: Sized | null): Extent {
    this.#places++;
    if (this.#places > MAX_PLACES)
      throw new RefusedOperation('This operation asks for too much to be reckoned.');
    const [node] = nodes;
    const field = node && type.getFields()[node.name.value];
    if (!field) return { cost: 0, values: 1 }; // __typename; the rest of introspection has limits of its own
    if (field.name === '_entities') return this.#ofEntities(nodes, node);

    const weights = weightsOf(field);
    const length = this.#lengthOf(field, node, weights);
    const isCutBelow = weights.sizedFields.length > 0;
    const below = isCutBelow ? { fields: weights.sizedFields, size: length.cost } : null;
    const inner = getNamedType(field.type);
    const each = sum([
      { cost: weights.weight, values: inner.name === 'URL' ? URL_VALUES : 1 },
      isCompositeType(inner) ? this.#ofValue(nodes, inner, below) : NOTHING,
    ]);
    if (sized?.fields.includes(field.name)) return product(both(sized.size), each);
    return isCutBelow ? each : product(length, each);
  }

  /** How long the field's list is, or the one that its arguments cut. */
  #lengthOf(
    { args, type }: GraphQLField<unknown, unknown>,
    node: FieldNode,
    { slicingArguments, assumedSize }: Weights,
  ): Extent {
    const sizes = slicingArguments
      .map((name) => this.#argumentOf(node, name) ?? args.find((arg) => arg.name === name)?.defaultValue)
      .map((value) => (typeof value === 'bigint' ? Number(value) : value)) // written as 1e2
      .filter((value) => typeof value === 'number')
      // More or less than a page can hold is refused by the field itself.
      .map((value) => Math.min(Math.max(value, 0), MAX_PAGE_SIZE));
    if (sizes.length > 0) return both(Math.max(...sizes));
    return { cost: assumedSize, values: isListType(getNullableType(type)) ? LONGEST_LIST : 1 };
  }

  #ofEntities(nodes: readonly FieldNode[], node: FieldNode): Extent {
    // One that is not in a list is taken for a list of one.
    const representations = [this.#argumentOf(node, 'representations')].flat();
    checkRepresentations(representations);
    return sum(
      [...countsOf(representations)].map(([name, count]) => {
        const type = typeof name === 'string' ? this.#schema.getType(name) : undefined;
        const asked = isObjectType(type) ? this.#ofValue(nodes, type, null) : NOTHING;
        return product(both(count), sum([both(1), asked]));
      }),
    );
  }

  #argumentOf({ arguments: args }: FieldNode, name: string): unknown {
    const argument = args?.find((candidate) => candidate.name.value === name);
    if (!argument) return undefined;
    if (argument.value.kind !== Kind.INT) this.#hasVariables = true;
    return valueFromASTUntyped(argument.value, this.#variables);
  }
}

/** How many representations there are of each type. */
function countsOf(representations: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const representation of representations) {
    const name = (representation as { __typename?: unknown } | null)?.__typename;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
