import { visit, type ASTNode, type DocumentNode } from 'graphql';

import { RefusedOperation } from '../answers/refused-operation.ts';

const MAX_ALIASES = 30;
/** Answers repeat it. */
const MAX_ALIAS_LENGTH = 64;
/** Of fields that tell of the schema: each multiplies what is below it, and nobody has to show a token. */
const MAX_SCHEMA_ALIASES = 2;
/** Of `__type`, which tells of one type alone: tools ask so for what the server's introspection knows. */
const MAX_TYPE_ALIASES = 10;
/** Of fields that stand in one place under one name: validation compares each with each. */
const MAX_PAIRS = 5_000;
const MAX_FRAGMENTS = 300;

/**
 * Checks how often fields are asked for, and how many fragments there are.
 * @throws {RefusedOperation}
 */
export function checkFields(document: DocumentNode): void {
  const aliases = new Tally();
  /** How often each name is asked for in the places that are being visited: fields, and documents' definitions. */
  const places: Tally[] = [];
  let pairs = 0;
  let fragments = 0;
  const ofTheSchema: ASTNode[] = [];
  const leave = () => void places.pop();
  visit(document, {
    OperationDefinition: { enter: () => void places.push(new Tally()), leave },

    FragmentDefinition: {
      enter(node) {
        places.push(new Tally());
        fragments++;
        if (fragments > MAX_FRAGMENTS) {
          throw new RefusedOperation(`An operation can have at most ${MAX_FRAGMENTS} fragments.`);
        }
        if (tellsOfTheSchema(node.typeCondition.name.value)) ofTheSchema.push(node);
      },
      leave,
    },

    Field: {
      enter(node) {
        const { alias, name } = node;
        if (alias) checkAlias(alias.value, aliases.count(name.value));
        pairs += (places.at(-1)?.count((alias ?? name).value) ?? 1) - 1;
        if (pairs > MAX_PAIRS)
          throw new RefusedOperation('An operation must not repeat its fields so often.');
        if (tellsOfTheSchema(name.value)) ofTheSchema.push(node);
        places.push(new Tally());
      },
      leave,
    },
  });
  checkAliasesIn(ofTheSchema);
}

function checkAlias(alias: string, count: number): void {
  if (count > MAX_ALIASES) {
    throw new RefusedOperation(`An operation can have at most ${MAX_ALIASES} aliases of one field.`);
  }
  if (alias.length > MAX_ALIAS_LENGTH) {
    throw new RefusedOperation(`An alias can have at most ${MAX_ALIAS_LENGTH} characters.`);
  }
}

function checkAliasesIn(nodes: readonly ASTNode[]): void {
  const counts = { ofTypes: 0, others: 0 };
  for (const node of nodes) {
    visit(node, {
      Field({ alias, name }) {
        if (alias) counts[name.value === '__type' ? 'ofTypes' : 'others']++;
      },
    });
  }
  if (counts.ofTypes > MAX_TYPE_ALIASES) {
    throw new RefusedOperation(`Introspection can have at most ${MAX_TYPE_ALIASES} aliases of \`__type\`.`);
  }
  if (counts.others > MAX_SCHEMA_ALIASES) {
    throw new RefusedOperation(
      `Introspection can have at most ${MAX_SCHEMA_ALIASES} aliases besides those of \`__type\`.`,
    );
  }
}

/** Whether it is a field or type of introspection, or of federation's `_service`. */
function tellsOfTheSchema(name: string): boolean {
  return (name.startsWith('__') && name !== '__typename') || /^_service$/i.test(name);
}

class Tally {
  readonly #counts = new Map<string, number>();

  /** How often it was counted, this time included. */
  count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}
