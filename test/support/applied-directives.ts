import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  print,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
} from 'graphql';

/** Directives by what they stand on: a type, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`. */
export type AppliedDirectives = ReadonlyMap<string, readonly DirectiveNode[]>;

interface Described {
  readonly name: { readonly value: string };
  readonly directives?: readonly DirectiveNode[] | undefined;
}

/** Every type, field, argument and value of a document, also those without a directive. */
export function appliedDirectives(document: DocumentNode): AppliedDirectives {
  const found = new Map<string, readonly DirectiveNode[]>();
  const add = (coordinate: string, { directives = [] }: Described) =>
    found.set(coordinate, [...(found.get(coordinate) ?? []), ...directives]);

  for (const type of document.definitions) {
    if (!isTypeDefinitionNode(type) && !isTypeExtensionNode(type)) continue;
    add(type.name.value, type);
    const fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =
      'fields' in type ? (type.fields ?? []) : [];
    for (const field of fields) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      add(coordinate, field);
      const given = 'arguments' in field ? (field.arguments ?? []) : [];
      for (const argument of given) add(`${coordinate}(${argument.name.value}:)`, argument);
    }
    for (const value of 'values' in type ? (type.values ?? []) : []) {
      add(`${type.name.value}.${value.name.value}`, value);
    }
  }
  return found;
}

/** Of all these, the ones with one of those names, printed, arguments by name: `Customer` → `['@authenticated']`. */
export function printedDirectives(
  applied: AppliedDirectives,
  names: readonly string[],
): Record<string, string[]> {
  const wantedOnly = [...applied].map(([coordinate, directives]) => {
    const wanted = directives.filter(({ name }) => names.includes(name.value));
    return [coordinate, wanted.map(printed)] as const;
  });
  return Object.fromEntries(wantedOnly.filter(([, directives]) => directives.length > 0));
}

/** Composers keep the arguments, but not their order. */
function printed(directive: DirectiveNode): string {
  const byName = directive.arguments?.toSorted((a, b) => a.name.value.localeCompare(b.name.value));
  return print({ ...directive, arguments: byName ?? [] });
}
