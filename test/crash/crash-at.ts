/**
 * Loaded into the real service by `node --import`, before its own first line: ends the process by SIGKILL at an exact point
 * of carrying out `CRASH_ON`, a mutation. It watches the statements that node:sqlite and pg are given, and so nothing of
 * this is in the service:
 * - `before-record` the statement that records the effect is about to run
 * - `after-record`  the transaction that recorded it has been committed; nothing else has happened since
 * - `before-store`  the answer is here; of the transaction that stores it, the last statement is about to run
 * - `after-store`   that transaction has been committed; the caller has heard nothing
 *
 * That the provider has the request and has not answered is known outside alone: there the test kills the process.
 */
import { DatabaseSync, StatementSync, type SQLInputValue } from 'node:sqlite';

import { Client } from 'pg';

const { CRASH_AT: point, CRASH_ON: operation } = process.env;

/** Of the effect that it is about. What the process takes over from others, and what it does besides, does not count. */
let key: unknown;

function watched() {
  let isInTransaction = false;
  let uncommitted: 'record' | 'store' | undefined;
  return {
    before(sql: string, parameters: readonly unknown[] = []): void {
      if (/^begin/i.test(sql)) isInTransaction = true;
      const step = stepOf(sql, parameters);
      if (!step) return;
      if (point === `before-${step}`) die();
      uncommitted = step;
    },
    after(sql: string): void {
      if (/^(commit|rollback)/i.test(sql)) isInTransaction = false;
      if (/^rollback/i.test(sql)) uncommitted = undefined;
      if (uncommitted && !isInTransaction && point === `after-${uncommitted}`) die();
    },
  };
}

function stepOf(sql: string, parameters: readonly unknown[]): 'record' | 'store' | undefined {
  const [ofOperation, , ofKey] = parameters;
  if (sql.startsWith('insert into "effect"') && ofOperation === operation) {
    key ??= ofKey;
    return key === ofKey ? 'record' : undefined;
  }
  const isSettling = sql.startsWith('update "effect"') && sql.includes('"result_encrypted"');
  return isSettling && key !== undefined && parameters.includes(key) ? 'store' : undefined;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

const sqlite = watched();
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql) {
  sqlite.before(sql);
  exec.call(this, sql);
  sqlite.after(sql);
};
type All = (this: StatementSync, ...parameters: SQLInputValue[]) => ReturnType<StatementSync['all']>;
const all = StatementSync.prototype.all as All;
const watchedAll: All = function (...parameters) {
  sqlite.before(this.sourceSQL, parameters);
  const rows = all.apply(this, parameters);
  sqlite.after(this.sourceSQL);
  return rows;
};
StatementSync.prototype.all = watchedAll as StatementSync['all'];

type Query = (this: object, ...args: unknown[]) => unknown;
type Callback = (error: unknown, result: unknown) => void;

const connections = new WeakMap<object, ReturnType<typeof watched>>();
const query = Client.prototype.query as Query;
Client.prototype.query = function (this: object, ...args: unknown[]) {
  const [sql, parameters] = args;
  if (typeof sql !== 'string') return query.apply(this, args);
  const connection = connections.get(this) ?? watched();
  connections.set(this, connection);
  connection.before(sql, Array.isArray(parameters) ? parameters : []);
  const callback = args.at(-1);
  if (typeof callback === 'function') {
    const called: Callback = (error, result) => {
      if (!error) connection.after(sql);
      (callback as Callback)(error, result);
    };
    return query.apply(this, [...args.slice(0, -1), called]);
  }
  return (query.apply(this, args) as Promise<unknown>).then((result) => {
    connection.after(sql);
    return result;
  });
} as typeof Client.prototype.query;
