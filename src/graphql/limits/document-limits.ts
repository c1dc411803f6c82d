import { parse, type DocumentNode } from 'graphql';

import { checkDepth } from './depth-limit.ts';
import { checkFields } from './field-limits.ts';
import { checkText } from './text-limits.ts';

/**
 * Checks how large an operation's text is, before anything else is done with it: parsing and validating take time, and
 * stack, that grow faster than the text. A text that does not parse is left to whoever reports that.
 * @throws {RefusedOperation}
 */
export function checkDocument(text: string): void {
  const document = checkText(text) ? parsed(text) : null;
  if (!document) return;
  checkFields(document);
  checkDepth(document);
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return null;
  }
}
