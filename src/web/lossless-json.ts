/** Only in such a text can a number be written in another way than as a whole one. */
const MAY_HAVE_OTHERS = /\d[.eE]|-0/;
const WHOLE = /^(?:0|-?[1-9]\d*)$/;

/** `JSON.parse` as ECMAScript 2026 has it, whose reviver is told how a value was written. */
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/**
 * Parses JSON, but for numbers that are whole only once they are read, such as `1e2`, `-0` and `0.99999999999999999999`: these
 * become a `bigint`, which no other number does. What they are read as may not be what was written.
 * @throws {SyntaxError}
 */
export function parsedLosslessly(text: string): unknown {
  return MAY_HAVE_OTHERS.test(text) ? parse(text, marked) : JSON.parse(text);
}

/** Whether it is JSON with a number that {@link parsedLosslessly} marks. */
export function hasMarked(text: string): boolean {
  if (!MAY_HAVE_OTHERS.test(text)) return false;
  let found = false;
  try {
    parse(text, (key, value, context) => {
      found ||= typeof marked(key, value, context) === 'bigint';
      return null;
    });
  } catch {
    return false; // whoever reads it says what is wrong with it
  }
  return found;
}

const marked: Reviver = (_key, value, { source = '' }) =>
  Number.isSafeInteger(value) && !WHOLE.test(source) ? BigInt(value as number) : value;
