import type { CompiledQuery } from 'kysely';

import type { Rows } from './database.ts';

/** What a transaction needs of SQLite, all of it synchronous but the wait for other processes. */
interface Connection {
  /** Begins a transaction that writes, when no other process has one. */
  begin(): Promise<void>;
  exec(text: string): void;
  all(text: string, parameters: readonly unknown[]): Rows;
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
export function groupCommit(connection: Connection): (queries: readonly CompiledQuery[]) => Promise<Rows[]> {
  let waiting: Unit[] = [];
  let isWriting = false;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const units = waiting;
      waiting = [];
      await commit(connection, units);
    }
    isWriting = false;
  }

  return (queries) =>
    new Promise((resolve, reject) => {
      waiting.push({ queries, resolve, reject });
      if (isWriting) return;
      isWriting = true;
      setImmediate(() => void writeWaiting());
    });
}

async function commit(connection: Connection, units: readonly Unit[]): Promise<void> {
  try {
    const answers = await inTransaction(connection, units);
    units.forEach((unit, index) => unit.resolve(answers[index] ?? []));
  } catch (error) {
    if (units.length === 1) units[0]?.reject(error);
    else for (const unit of units) await commit(connection, [unit]);
  }
}

async function inTransaction(
  { begin, exec, all, isInTransaction }: Connection,
  units: readonly Unit[],
): Promise<Rows[][]> {
  await begin();
  // From here to the end nothing waits, so that nobody else uses the connection meanwhile.
  try {
    const answers = units.map(({ queries }) => queries.map((query) => all(query.sql, query.parameters)));
    exec('COMMIT');
    return answers;
  } catch (error) {
    if (isInTransaction()) exec('ROLLBACK');
    throw error;
  }
}
