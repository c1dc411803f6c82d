import { isIPv6 } from 'node:net';

import { parseIntoClientConfig } from 'pg-connection-string';

/** What a `DATABASE_URL` names. */
export type NamedDatabase = NamedFile | NamedServer;

export interface NamedFile {
  readonly engine: 'sqlite';
  /** Null: in memory. */
  readonly file: string | null;
}

export interface NamedServer {
  readonly engine: 'postgres';
  /** As its driver takes it; it may hold a password. */
  readonly url: string;
  readonly password: string | null;
  /** Host and port, or the socket's folder, and the database: nothing secret. */
  readonly place: string;
}

/** The message says what a `DATABASE_URL` must be, to be read after the variable's name. Nothing of the URL is in it. */
export class UnusableDatabaseUrl extends Error {
  override readonly name = 'UnusableDatabaseUrl';
}

const FORM = 'must be sqlite:<file>, sqlite::memory: or postgres://user:password@host/database';

/**
 * What a URL names: `sqlite:<file>`, `sqlite::memory:`, or whatever PostgreSQL's driver understands that begins with
 * `postgres://` or `postgresql://`.
 * @throws {UnusableDatabaseUrl}
 */
export function databaseOf(url: string): NamedDatabase {
  if (url.startsWith('sqlite:')) return { engine: 'sqlite', file: fileOf(url.slice('sqlite:'.length)) };
  if (/^postgres(ql)?:\/\/./.test(url)) return serverOf(url);
  throw new UnusableDatabaseUrl(FORM);
}

/** What is wrong with a `DATABASE_URL`, to be read after the variable's name; null when nothing is. */
export function databaseUrlProblem(url: string): string | null {
  try {
    databaseOf(url);
    return null;
  } catch (error) {
    if (error instanceof UnusableDatabaseUrl) return error.message;
    throw error;
  }
}

const FROM_THE_ROOT = 'sqlite:data/onboarding.db, or sqlite:/var/lib/onboarding.db where it is from the root';

/** Forms of other programs: here, each would be the name of a file that nobody meant. */
const OTHER_FORMS: readonly (readonly [RegExp, string])[] = [
  [/^$/, FORM],
  [/^\/\//, `must have no // after sqlite: – write ${FROM_THE_ROOT}`],
  [/^file:/i, `must have the file itself after sqlite: – write ${FROM_THE_ROOT}`],
  [/^~/, 'must have the whole path after sqlite: – what ~ stands for is known to a shell alone'],
  [/\?/, 'takes no parameters with SQLite: leave out the ? and what follows it'],
  [/^:|^memory:?$/i, 'must be sqlite::memory: for a database in memory'],
];

function fileOf(location: string): string | null {
  if (location === ':memory:') return null;
  const [, problem] = OTHER_FORMS.find(([form]) => form.test(location)) ?? [];
  if (problem !== undefined) throw new UnusableDatabaseUrl(problem);
  return location;
}

function serverOf(url: string): NamedServer {
  try {
    const { host, port, database, password } = parseIntoClientConfig(url);
    return {
      engine: 'postgres',
      url,
      password: typeof password === 'string' && password !== '' ? password : null,
      place: `${addressOf(host || 'its default host', port)}, database ${database ?? 'of the user'}`,
    };
  } catch (cause) {
    throw new UnusableDatabaseUrl(refusalOf(cause as NodeJS.ErrnoException), { cause });
  }
}

function addressOf(host: string, port: number | undefined): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

/** The driver also reads the files that are named in a URL. */
function refusalOf({ syscall, message }: NodeJS.ErrnoException): string {
  if (syscall !== undefined) {
    return 'names a file in sslcert, sslkey or sslrootcert that cannot be read: check its path and permissions';
  }
  if (message.includes('sslmode=verify-ca')) {
    return 'must have sslrootcert=<file> beside sslmode=verify-ca, or sslmode=verify-full';
  }
  return (
    'must be postgres://user:password@host:port/database. In a user or a password, write % as %25, @ as %40, / as %2F, ' +
    ': as %3A, ? as %3F and # as %23'
  );
}
