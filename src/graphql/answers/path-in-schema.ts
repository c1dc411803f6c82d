import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Path = readonly (string | number)[];
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** An answer's path by the names of the schema: aliases are the caller's words. Places in lists stay. */
export function pathInSchema(path: Path, operation: OperationDefinitionNode, document: DocumentNode): string {
  const fragments: Fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  const names = path.map((key) => {
    if (typeof key === 'number') return key;
    const seen = new Set<string>();
    const fields = sets
      .flatMap((set) => fieldsIn(set, fragments, seen))
      .filter(({ alias, name }) => (alias ?? name).value === key);
    sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    return fields[0]?.name.value ?? 'unknown';
  });
  return names.join('.');
}

/** Goes into each fragment once. */
function fieldsIn({ selections }: SelectionSetNode, fragments: Fragments, seen: Set<string>): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    if (node.kind === Kind.INLINE_FRAGMENT) return fieldsIn(node.selectionSet, fragments, seen);
    const name = node.name.value;
    const fragment = seen.has(name) ? undefined : fragments.get(name);
    seen.add(name);
    return fragment ? fieldsIn(fragment.selectionSet, fragments, seen) : [];
  });
}
