/** SQLSTATE's classes: a data exception, and the violation of a constraint. */
const POSTGRES_CLASSES = /^2[23]/;
/** SQLITE_TOOBIG, SQLITE_CONSTRAINT and SQLITE_MISMATCH. */
const SQLITE_CODES: ReadonlySet<number> = new Set([18, 19, 20]);

/** Whether a database finds fault with what it is given. It will the next time, too, so that it is no use to wait. */
export function isDataError(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: number };
  if (errcode !== undefined) return SQLITE_CODES.has(errcode & 0xff);
  return typeof code === 'string' && POSTGRES_CLASSES.test(code);
}

const POSTGRES_NOT_UNDERSTOOD = /^42/;
const SQLITE_ERROR = 1;

/** Whether a database does not understand what it is asked: a table that is missing, a mistake of ours. */
export function isQueryError(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: number };
  if (errcode !== undefined) return (errcode & 0xff) === SQLITE_ERROR;
  return typeof code === 'string' && POSTGRES_NOT_UNDERSTOOD.test(code);
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** Whether SQLite finds that a file is damaged, or no database. */
export function isDamage(error: unknown): boolean {
  const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
