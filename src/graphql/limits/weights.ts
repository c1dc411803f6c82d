import {
  getNamedType,
  isCompositeType,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLField,
} from 'graphql';

/** What a field costs, as the schema's `@cost` and `@listSize` say it (IBM's cost directive specification). */
export interface Weights {
  /** Of one of its values: by default 1 for what has fields of its own, else 0. */
  readonly weight: number;
  /** The arguments that say how long its list is. */
  readonly slicingArguments: readonly string[];
  /** How long its list is taken to be otherwise. */
  readonly assumedSize: number;
  /** The fields of its type that are the list: those of a connection. Empty where it is the list itself. */
  readonly sizedFields: readonly string[];
}

const known = new WeakMap<AnyField, Weights>();

type AnyField = GraphQLField<unknown, never>;

export function weightsOf(field: AnyField): Weights {
  let weights = known.get(field);
  if (!weights) {
    weights = read(field);
    known.set(field, weights);
  }
  return weights;
}

function read({ astNode, type }: AnyField): Weights {
  const named = getNamedType(type);
  const cost = argumentsOf('cost', astNode?.directives) ?? argumentsOf('cost', named.astNode?.directives);
  const list = argumentsOf('listSize', astNode?.directives);
  return {
    weight: (cost?.['weight'] as number | undefined) ?? (isCompositeType(named) ? 1 : 0),
    slicingArguments: (list?.['slicingArguments'] as string[] | undefined) ?? [],
    assumedSize: (list?.['assumedSize'] as number | undefined) ?? 1,
    sizedFields: (list?.['sizedFields'] as string[] | undefined) ?? [],
  };
}

function argumentsOf(
  name: string,
  directives: readonly ConstDirectiveNode[] | undefined,
): Record<string, unknown> | undefined {
  const directive = directives?.find((node) => node.name.value === name);
  return (
    directive &&
    Object.fromEntries(
      (directive.arguments ?? []).map((argument) => [
        argument.name.value,
        valueFromASTUntyped(argument.value),
      ]),
    )
  );
}
