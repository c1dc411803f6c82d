import { databaseOf } from '../../formats/database-url.ts';

/** Why a database cannot be used, and what to do about it, in sentences for whoever starts a program. Nothing secret of its URL is in them. */
export function openingProblem(cause: unknown, databaseUrl: string): string {
  const database = databaseOf(databaseUrl);
  return database.engine === 'sqlite'
    ? sqliteProblem(cause as Failure, database.file ?? 'in memory')
    : `The PostgreSQL database of DATABASE_URL cannot be reached or used. ${postgresReason(cause as Failure)}`;
}

interface Failure {
  /** PostgreSQL's five characters, or the system's name. */
  readonly code?: string;
  /** SQLite's number. */
  readonly errcode?: number;
  readonly message?: string;
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function sqliteProblem({ errcode = 0 }: Failure, file: string): string {
  switch (errcode & 0xff) {
    case SQLITE_NOTADB:
      return `The file ${file} is not a database, or is damaged. Restore it from a backup, or set DATABASE_URL.`;
    case SQLITE_CORRUPT:
      return (
        `The database ${file} is damaged. Where it was just restored, ${file}-wal and ${file}-shm may be of the database ` +
        'before it: stop every process that uses it, delete both, and restore it again.'
      );
    default:
      return `The database ${file} cannot be opened or written. Check the file, its folder and their permissions, or set DATABASE_URL.`;
  }
}

const POSTGRES_REASONS: Readonly<Record<string, string>> = {
  '28P01': 'It refuses the password: check user and password.',
  '28000':
    'It does not let this user in from here: check the user, pg_hba.conf, and whether it asks for TLS (?sslmode=require).',
  '3D000': 'There is no database of that name: create it, or correct the name.',
  '42501': 'The user lacks a permission: it must be allowed to make and use tables in the schema.',
  '53300': 'It has too many connections: raise max_connections, or end others.',
  '57P03': 'It is starting up or shutting down: try again in a moment.',
  ENOENT: 'There is no socket in that folder: check host and port, and that it runs.',
  ECONNREFUSED: 'Nothing listens there: check host and port, and that it runs.',
  ENOTFOUND: 'The host cannot be resolved: check its name.',
  EAI_AGAIN: 'The host cannot be resolved right now: check its name and the network.',
};

function postgresReason({ code = '', message = '' }: Failure): string {
  const reason = POSTGRES_REASONS[code];
  if (reason !== undefined) return reason;
  if (/SSL|TLS|certificate|altnames?/i.test(`${code} ${message}`)) {
    return 'TLS with it failed: check sslmode in DATABASE_URL, and that its certificate is trusted (NODE_EXTRA_CA_CERTS).';
  }
  return /timeout|ETIMEDOUT|EHOSTUNREACH/i.test(`${code} ${message}`)
    ? 'It did not answer in time: check host and port, and firewalls in between.'
    : 'Check host, credentials and permissions.';
}
