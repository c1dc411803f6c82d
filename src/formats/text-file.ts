import { readFileSync } from 'node:fs';

/** A file's text, which is UTF-8. The byte order mark that some editors put before it is none of it. @throws the system's error */
export function textOf(file: string): string {
  return new TextDecoder().decode(readFileSync(file));
}
