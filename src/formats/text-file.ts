import { readFileSync } from 'node:fs';

/**
 * The text of a file in UTF-8, without the byte order mark that some editors put before it: whoever parses it would take the
 * mark for a part of the first name. Throws what Node throws.
 */
export function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}
