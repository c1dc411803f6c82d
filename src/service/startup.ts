import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';

import {
  trustedDocuments,
  UnusableManifest,
  type TrustedDocuments,
} from '../graphql/documents/trusted-documents.ts';
import { manifestIn, unusableManifest } from '../config/manifest-file.ts';
import { StartupProblem } from '../config/startup-problem.ts';
import { UnusableKeyFile } from '../store/secrets/development-key.ts';
import { MissingEncryptionKey } from '../store/secrets/key-check.ts';
import { openingProblem } from '../store/engines/opening-problem.ts';
import { openStore, type Store, type StoreOptions } from '../store/store.ts';

// The steps of a start that can fail for a reason outside the program, each with the sentence that says what to do.

/** The store with its tables up to date, and its secrets readable. */
export function openedStore(options: StoreOptions): Promise<Store> {
  return usingDatabase(options.databaseUrl, () => openStore(options));
}

/** Something that is done with the database during the start. */
export async function usingDatabase<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isTold = cause instanceof MissingEncryptionKey || cause instanceof UnusableKeyFile;
    throw new StartupProblem([isTold ? cause.message : openingProblem(cause, databaseUrl)], { cause });
  }
}

/** The operations of the manifest in this file, each of which may be carried out and cost no more than `maxCost`. */
export function trustedDocumentsIn(file: string, schema: GraphQLSchema, maxCost: number): TrustedDocuments {
  const manifest = manifestIn(file);
  try {
    return trustedDocuments(manifest, schema, { maxCost });
  } catch (cause) {
    if (!(cause instanceof UnusableManifest)) throw cause;
    throw unusableManifest(file, cause.problems, cause);
  }
}

/** Listens, and answers the origin that it is reached at. */
export async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
  variable = 'PORT',
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw new StartupProblem(
      [
        LISTEN_PROBLEMS[(cause as NodeJS.ErrnoException).code ?? '']?.(port, variable) ??
          `HOST and ${variable} cannot be listened on. Set them to an address of this machine and a free port.`,
      ],
      { cause },
    );
  }
}

const LISTEN_PROBLEMS: Readonly<Record<string, (port: number, variable: string) => string>> = {
  EADDRINUSE: (port, variable) =>
    `Port ${port} is taken. Set ${variable} to a free one, or stop the process that has it.`,
  EACCES: (port, variable) =>
    `Port ${port} may not be listened on by this user. Set ${variable} to one above 1023.`,
  EADDRNOTAVAIL: () =>
    'HOST is not an address of this machine. Set it to 127.0.0.1, 0.0.0.0 or one of its addresses.',
  ENOTFOUND: () => 'HOST cannot be resolved. Set it to 127.0.0.1, 0.0.0.0 or an address of this machine.',
};
