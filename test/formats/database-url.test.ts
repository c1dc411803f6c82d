import { describe, expect, it } from 'vitest';

import { databaseOf, databaseUrlProblem } from '../../src/formats/database-url.ts';

describe('a DATABASE_URL', () => {
  it.each([
    ['sqlite::memory:', null],
    ['sqlite:data/onboarding.db', 'data/onboarding.db'],
    ['sqlite:/var/lib/on boarding#1.db', '/var/lib/on boarding#1.db'],
    ['sqlite:C:\\data\\x.db', 'C:\\data\\x.db'],
  ])('%s names a file of SQLite, or memory', (url, file) => {
    expect(databaseOf(url)).toEqual({ engine: 'sqlite', file });
  });

  it.each([
    ['postgres://u:hunter2@h/db', 'hunter2', 'h, database db'],
    ['postgresql://u:hunter2@h:5433/db?sslmode=verify-full', 'hunter2', 'h:5433, database db'],
    ['postgres://u:hunter2@[::1]:5432/db', 'hunter2', '[::1]:5432, database db'],
    ['postgres://u:100%pw@h/db', '100%pw', 'h, database db'],
    ['postgres://u:a%40b@h/db', 'a@b', 'h, database db'],
    ['postgres://u@h/db?password=hunter2', 'hunter2', 'h, database db'],
    ['postgres://u:p@/db?host=/cloudsql/p:r:i', 'p', '/cloudsql/p:r:i, database db'],
    ['postgres://u:p@%2Frun%2Fpostgresql/db', 'p', '/run/postgresql, database db'],
    ['postgres://u@h', null, 'h, database of the user'],
    ['postgres:///db', null, 'its default host, database db'],
  ])('%s names a server, its password, and a place without it', (url, password, place) => {
    expect(databaseOf(url)).toEqual({ engine: 'postgres', url, password, place });
  });

  it.each([
    ['sqlite:', /^must be sqlite:<file>, /],
    ['mysql://hunter2', /^must be sqlite:<file>, /],
    ['postgres://', /^must be sqlite:<file>, /],
    ['sqlite://hunter2.db', /^must have no \/\/ .* write sqlite:data\/onboarding\.db, /],
    ['sqlite:///var/hunter2.db', /^must have no \/\/ .* or sqlite:\/var\/lib\/onboarding\.db /],
    ['sqlite:file:hunter2.db', /^must have the file itself /],
    ['sqlite:~/hunter2.db', /^must have the whole path /],
    ['sqlite:hunter2.db?mode=ro', /^takes no parameters with SQLite/],
    ['sqlite::memory:?cache=shared', /^takes no parameters with SQLite/],
    ['sqlite:memory', /^must be sqlite::memory: /],
    ['sqlite::memory', /^must be sqlite::memory: /],
    ['postgres://u:hunter2%ff@h/db', /^must be postgres:.* write % as %25, /],
    ['postgres://u:hunter2/@h/db', /^must be postgres:.* \/ as %2F, /],
    ['postgres://u:hunter2@:x/db', /^must be postgres:/],
    ['postgres://u:hunter2@h/db?port=x', /^must be postgres:.*@host:port\//],
    ['postgres://u:hunter2@h/db?sslrootcert=/none/hunter2', /^names a file in sslcert, .* cannot be read/],
    [
      'postgres://u:hunter2@h/db?uselibpqcompat=true&sslmode=verify-ca',
      /^must have sslrootcert=<file> beside sslmode=verify-ca/,
    ],
  ])('%s is refused with the form that is meant, and without a word of it', (url, sentence) => {
    const problem = databaseUrlProblem(url);

    expect(problem).toMatch(sentence);
    expect(problem).not.toContain('hunter2');
  });
});
