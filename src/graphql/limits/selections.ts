import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation's variables, by their names. */
export type Variables = Readonly<Record<string, unknown>>;

/** What a document selects, once its fragments are spread and what is skipped is left out. */
export class Selections {
  /** Whether a directive was met, so that the variables may decide on what is selected. */
  hasConditions = false;
  readonly #schema: GraphQLSchema;
  readonly #variables: Variables;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    for (const node of definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
  }

  /** The fields that selection sets ask of an object, by the name that they are answered under. */
  fieldsOf(sets: readonly SelectionSetNode[], type: GraphQLObjectType): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const collect = (selection: SelectionNode): void => {
      if (selection.directives?.length) this.hasConditions = true;
      if (!isIncluded(selection, this.#variables)) return;
      if (selection.kind === Kind.FIELD) return add(fields, selection);
      const fragment = this.#fragmentOf(selection, spread);
      if (!fragment || !this.#isOf(type, fragment.typeCondition?.name.value)) return;
      fragment.selectionSet.selections.forEach(collect);
    };
    for (const { selections } of sets) selections.forEach(collect);
    return fields;
  }

  /** Undefined for one that is spread already: it adds nothing. */
  #fragmentOf(selection: FragmentSpreadNode | InlineFragmentNode, spread: Set<string>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const name = selection.name.value;
    if (spread.has(name)) return undefined;
    spread.add(name);
    return this.#fragments.get(name);
  }

  #isOf(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const other = this.#schema.getType(condition);
    return isAbstractType(other) && this.#schema.isSubType(other, type);
  }
}

function add(fields: Map<string, FieldNode[]>, field: FieldNode): void {
  const name = (field.alias ?? field.name).value;
  const same = fields.get(name);
  if (same) same.push(field);
  else fields.set(name, [field]);
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
