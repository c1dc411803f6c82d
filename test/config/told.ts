import { z } from 'zod';

import { GROUPS } from '../../src/config/config.ts';
import { told } from '../../src/config/variables/group.ts';

/** What people are told of a variable. */
interface Row {
  readonly name: string;
  /** As it is written down; empty when there is none, or no constant. */
  readonly value: string;
  /** In words, where it is no constant. */
  readonly otherwise: string | undefined;
  readonly meaning: string;
}

/** The text of `.env.example`. */
export function envExample(): string {
  const groups = GROUPS.map(({ about, variables }) =>
    [`# --- ${about}`, ...Object.entries(variables).flatMap(exampleOf)].join('\n'),
  );
  return `${[EXAMPLE_HEAD, ...groups].join('\n\n')}\n`;
}

const EXAMPLE_HEAD = '# Copy to .env and fill in. Everything is optional in development.';

function exampleOf([name, variable]: [string, z.core.$ZodType]): string[] {
  const { meaning, otherwise, value } = rowOf(name, variable);
  const without = otherwise === undefined ? '' : ` (without it: ${otherwise})`;
  return [`# ${plain(meaning + without)}`, `${name}=${value}`];
}

/** The README with the table of variables as it must be. */
export function withTable(readme: string): string {
  return readme.replace(/^\| variable [\s\S]*?(?=\n\n)/m, table());
}

/** Laid out as the formatter does it. */
function table(): string {
  const rows = GROUPS.flatMap(({ variables }) => Object.entries(variables)).map(([name, variable]) => {
    const { value, otherwise, meaning } = rowOf(name, variable);
    return [`\`${name}\``, otherwise ?? (value === '' ? '–' : `\`${value}\``), meaning];
  });
  const cells = [['variable', 'default', 'meaning'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const [head = [], ...body] = cells;
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function rowOf(name: string, variable: z.core.$ZodType): Row {
  const said = told.get(variable);
  if (!said) throw new Error(`Nobody is told what ${name} is for`);
  const { meaning, otherwise, neededInProduction } = said;
  const value = variable instanceof z.ZodDefault ? String(variable.def.defaultValue) : '';
  const needed = neededInProduction === undefined ? '' : '; needed in production';
  return { name, value, otherwise, meaning: meaning + needed };
}

/** Without what a terminal would show of Markdown. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}
