/**
 * graphql-js's message without the value that it quotes: an input may be a birth date or a phone number, and messages are
 * logged and traced. What is kept names only the schema's own things.
 */
export function withoutValues(message: string): string {
  const variable = /^Variable "(\$\w+)" got invalid value/.exec(message);
  if (variable) {
    const [, name = ''] = variable;
    const at = message.match(/ at "[\w.[\]]+"; /g)?.at(-1) ?? '; ';
    return `Variable "${name}" got an invalid value${at}${reason(message.slice(message.lastIndexOf(at) + at.length))}`;
  }
  return VALUE_QUOTED.some((pattern) => pattern.test(message)) ? reason(message) : message;
}

const VALUE_QUOTED = [
  /cannot represent/,
  /^Value /,
  /^Expected value of type/,
  /^Expected type/,
  /, found /,
  /has invalid value/,
];

/** Why a value was refused, in words that are known to hold nothing of it. */
function reason(text: string): string {
  const enumName = / does not exist in "(\w+)" enum\.(?: Did you mean .*)?$/s.exec(text)?.[1];
  if (enumName) return `It is not one of the values of "${enumName}".`;
  const type = /^Field "[^"]*" is not defined by type "(\w+)"/.exec(text)?.[1];
  if (type) return `It has a field that "${type}" does not define.`;
  const known = KNOWN_REASONS.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined);
  return known === undefined ? 'It is not of the expected type.' : `${known.replace(/[.:,\s]+$/, '')}.`;
}

const KNOWN_REASONS = [
  /^Field "\w+" of required type "[\w![\]]+" was not provided/,
  /^Expected non-nullable type "[\w![\]]+" not to be null/,
  /^Expected type "\w+" to be an object/,
  /^Expected value of type "[\w![\]]+"/,
  /^(?:Enum "\w+"|\w+) cannot represent (?:a )?non[- ][\w-]+(?: and non-integer| signed integer)?(?: value)?/,
  /^Syntax Error: (?:Expected "?[\w${}()[\]:=@|&!.<>]+"?|Unexpected [\w<>]+)/,
  /^\w+ must be given as a string(?:: as a number it is rounded[\w ,]*)?/,
];
