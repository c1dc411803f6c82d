import type { CompiledQuery } from 'kysely';

import type { Rows } from './database.ts';

/** What a transaction needs of SQLite, all of it synchronous. */
interface Connection {
  exec(sql: string): void;
  all(sql: string, parameters: readonly unknown[]): Rows;
  /** Some errors end the transaction by themselves. */
  isInTransaction(): boolean;
}

interface Unit {
  readonly queries: readonly CompiledQuery[];
  resolve(rows: Rows[]): void;
  reject(error: unknown): void;
}

/**
 * Writes whole units, all of those that come in together under one commit: waiting for the disk is what a commit costs, and
 * so it is waited for once. A unit that fails fails alone.
 */
export function groupCommit({
  exec,
  all,
  isInTransaction,
}: Connection): (queries: readonly CompiledQuery[]) => Promise<Rows[]> {
  let waiting: Unit[] = [];

  const run = ({ queries }: Unit): Rows[] => queries.map(({ sql, parameters }) => all(sql, parameters));

  const inTransaction = (units: readonly Unit[]): Rows[][] => {
    exec('BEGIN IMMEDIATE');
    try {
      const answers = units.map(run);
      exec('COMMIT');
      return answers;
    } catch (error) {
      if (isInTransaction()) exec('ROLLBACK');
      throw error;
    }
  };

  const commit = (units: readonly Unit[]): void => {
    try {
      const answers = inTransaction(units);
      units.forEach((unit, index) => unit.resolve(answers[index] ?? []));
    } catch (error) {
      if (units.length === 1) units[0]?.reject(error);
      else for (const unit of units) commit([unit]);
    }
  };

  return (queries) =>
    new Promise((resolve, reject) => {
      waiting.push({ queries, resolve, reject });
      if (waiting.length > 1) return;
      setImmediate(() => {
        const units = waiting;
        waiting = [];
        commit(units);
      });
    });
}
