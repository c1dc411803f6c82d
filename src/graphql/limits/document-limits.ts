import {
  Kind,
  Lexer,
  parse,
  Source,
  TokenKind,
  visit,
  type DocumentNode,
  type SelectionSetNode,
} from 'graphql';

import { RefusedOperation } from '../refused-operation.ts';

const MAX_TOKENS = 5_000;
const MAX_DEPTH = 12;
const MAX_ALIASES = 30;
/** Of fields that are answered under one name: validation compares each with each. */
const MAX_PAIRS = 50_000;
/** Of brackets of any kind: more than fields can be deep, because inputs nest in them, and few enough to parse safely. */
const MAX_NESTING = 60;

/**
 * Checks how large an operation's text is, before anything else is done with it: parsing and validating take time, and
 * stack, that grow faster than the text. A text that does not parse is left to whoever reports that.
 * @throws {RefusedOperation}
 */
export function checkDocument(text: string): void {
  if (!isLexed(text)) return;
  const document = parsed(text);
  if (!document) return;
  checkFields(document);
  checkDepth(document);
}

/** Whether it consists of GraphQL's tokens: few enough, and not nested too deeply. */
function isLexed(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  for (let tokens = 0; ; tokens++) {
    if (tokens > MAX_TOKENS)
      throw new RefusedOperation(`An operation can have at most ${MAX_TOKENS} tokens.`);
    const kind = nextKind(lexer);
    if (kind === TokenKind.EOF || kind === null) return kind !== null;
    if (OPENING.has(kind)) nesting++;
    if (CLOSING.has(kind)) nesting--;
    if (nesting > MAX_NESTING) throw tooDeep();
  }
}

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R]);

function nextKind(lexer: Lexer): TokenKind | null {
  try {
    return lexer.advance().kind;
  } catch {
    return null;
  }
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return null;
  }
}

function checkFields(document: DocumentNode): void {
  const aliases = new Tally();
  const names = new Tally();
  let pairs = 0;
  visit(document, {
    Field({ alias, name }) {
      if (alias && aliases.count(name.value) > MAX_ALIASES) {
        throw new RefusedOperation(`An operation can have at most ${MAX_ALIASES} aliases of one field.`);
      }
      pairs += names.count(alias?.value ?? name.value) - 1;
      if (pairs > MAX_PAIRS) throw new RefusedOperation('An operation must not repeat its fields so often.');
    },
  });
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

/** How deep fields stand in each other, fragments included. Introspection has a rule of its own in graphql-js. */
function checkDepth(document: DocumentNode): void {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  }
  // Each fragment once, however often it is spread. One that is met inside itself is a cycle, which validation refuses.
  const depths = new Map<string, number>();

  function depthOfFragment(name: string): number {
    const known = depths.get(name);
    if (known !== undefined) return known;
    depths.set(name, 0);
    const selectionSet = fragments.get(name);
    const depth = selectionSet ? depthOf(selectionSet) : 0;
    depths.set(name, depth);
    return depth;
  }

  function depthOf({ selections }: SelectionSetNode): number {
    let deepest = 0;
    for (const selection of selections) {
      deepest = Math.max(deepest, depthOfSelection(selection));
      if (deepest > MAX_DEPTH) throw tooDeep();
    }
    return deepest;
  }

  function depthOfSelection(selection: SelectionSetNode['selections'][number]): number {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return depthOfFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet);
    if (selection.name.value.startsWith('__')) return 0;
    return 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0);
  }

  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) depthOf(node.selectionSet);
  }
}

function tooDeep(): RefusedOperation {
  return new RefusedOperation(`An operation can be at most ${MAX_DEPTH} fields deep.`);
}
