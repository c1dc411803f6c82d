import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

import { SqliteDialect } from 'kysely';

/** Kysely's dialect is made for better-sqlite3, whose statements differ from node:sqlite's in how they take parameters. */
export function dialectOf(database: DatabaseSync, prepare: (text: string) => StatementSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(text) {
        const statement = prepare(text);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
          run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
          iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
        };
      },
    },
  });
}

const MAX_PREPARED = 200;

/** Prepares each statement once. The program has a few dozen; the bound is for lists of ids, each length a statement. */
export function preparedOnce(database: DatabaseSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= MAX_PREPARED) statements.clear();
    const statement = database.prepare(text);
    statements.set(text, statement);
    return statement;
  };
}
