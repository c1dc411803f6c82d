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

/** Writes them under one commit, or, where that fails because of one of them, each under its own. */
async function commit(connection: Connection, units: readonly Unit[]): Promise<void> {
  if (!(await hasBegun(connection, units))) return;
  try {
    const answers = carriedOut(connection, units);
    units.forEach((unit, index) => unit.resolve(answers[index] ?? []));
  } catch (error) {
    if (units.length === 1) units[0]?.reject(error);
    else await commitOneByOne(connection, units);
  }
}

async function commitOneByOne(connection: Connection, units: readonly Unit[]): Promise<void> {
  for (const [index, unit] of units.entries()) {
    if (!(await hasBegun(connection, units.slice(index)))) return;
    try {
      unit.resolve(carriedOut(connection, [unit])[0] ?? []);
    } catch (error) {
      unit.reject(error);
    }
  }
}

/** Another process that holds all of them up would hold each of them up for as long: then all have failed. */
async function hasBegun({ begin }: Connection, units: readonly Unit[]): Promise<boolean> {
  try {
    await begin();
    return true;
  } catch (error) {
    for (const unit of units) unit.reject(error);
    return false;
  }
}

/** From the beginning of the transaction to its end nothing waits, so that nobody else uses the connection meanwhile. */
function carriedOut({ exec, all, isInTransaction }: Connection, units: readonly Unit[]): Rows[][] {
  try {
    const answers = units.map(({ queries }) => queries.map((query) => all(query.sql, query.parameters)));
    exec('COMMIT');
    return answers;
  } catch (error) {
    if (isInTransaction()) exec('ROLLBACK');
    throw error;
  }
}
