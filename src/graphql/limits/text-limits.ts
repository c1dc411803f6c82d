import { Lexer, Source, TokenKind, type Token } from 'graphql';

import { RefusedOperation } from '../answers/refused-operation.ts';
import { tooDeep } from './depth-limit.ts';

const MAX_CHARACTERS = 65_536;
/** Every error looks for its place among them. */
const MAX_LINES = 1_500;
/** Errors quote names. */
const MAX_NAME = 200;
const MAX_TOKENS = 5_000;
/** Of brackets of any kind: more than fields can be deep, because inputs nest in them, and few enough to parse safely. */
const MAX_NESTING = 60;

/**
 * Checks how large a text is, without parsing it.
 * @returns whether it consists of GraphQL's tokens
 * @throws {RefusedOperation}
 */
export function checkText(text: string): boolean {
  if (text.length > MAX_CHARACTERS) {
    throw new RefusedOperation(
      `An operation can have at most ${MAX_CHARACTERS} characters. Put its values into variables.`,
    );
  }
  if (text.split(/\r\n|[\n\r]/, MAX_LINES + 1).length > MAX_LINES) {
    throw new RefusedOperation(`An operation can have at most ${MAX_LINES} lines.`);
  }
  return checkTokens(new Lexer(new Source(text)));
}

function checkTokens(lexer: Lexer): boolean {
  let nesting = 0;
  for (let tokens = 0; ; tokens++) {
    if (tokens > MAX_TOKENS)
      throw new RefusedOperation(`An operation can have at most ${MAX_TOKENS} tokens.`);
    const token = nextToken(lexer);
    if (token === null || token.kind === TokenKind.EOF) return token !== null;
    const { kind, start, end } = token;
    if (kind === TokenKind.NAME && end - start > MAX_NAME) {
      throw new RefusedOperation(`A name can have at most ${MAX_NAME} characters.`);
    }
    if (OPENING.has(kind)) nesting++;
    if (CLOSING.has(kind)) nesting--;
    if (nesting > MAX_NESTING) throw tooDeep();
  }
}

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R]);

function nextToken(lexer: Lexer): Token | null {
  try {
    return lexer.advance();
  } catch {
    return null;
  }
}
