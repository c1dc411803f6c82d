import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

const MAX_NAMES = 10;

/** The first ten fields that a valid operation asks the graph for, by their names in the schema: aliases are the caller's words. */
export function rootFieldsOf({ selectionSet }: OperationDefinitionNode, document: DocumentNode): string[] {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  return [...new Set(namesIn(selectionSet, fragments))].slice(0, MAX_NAMES);
}

/** Goes into each fragment once, and takes it out for that. */
function namesIn({ selections }: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node.name.value];
    if (node.kind === Kind.INLINE_FRAGMENT) return namesIn(node.selectionSet, fragments);
    const fragment = fragments.get(node.name.value);
    fragments.delete(node.name.value);
    return fragment ? namesIn(fragment.selectionSet, fragments) : [];
  });
}
