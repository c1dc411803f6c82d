import { z } from 'zod';

import { manifestIn } from '../manifest-file.ts';
import { StartupProblem } from '../startup-problem.ts';
import { group, told, type Environment } from './group.ts';
import { onOrOff } from './kinds.ts';

export interface GraphConfig {
  readonly playground: boolean;
  readonly introspection: boolean;
  /** The file of a manifest, in JSON: only the operations in it are answered. Null: every operation is. */
  readonly trustedDocuments: string | null;
}

const explorable = {
  otherwise: 'on in development without `TRUSTED_DOCUMENTS`',
};

export const graphGroup = group({
  about: 'what the graph shows and answers',
  variables: {
    PLAYGROUND: onOrOff.optional().register(told, {
      meaning: '`on` or `off`; not `on` beside `TRUSTED_DOCUMENTS`',
      ...explorable,
    }),
    INTROSPECTION: onOrOff.optional().register(told, { meaning: '`on` or `off`', ...explorable }),
    TRUSTED_DOCUMENTS: z.string().optional().register(told, {
      meaning:
        'the file of a manifest of Apollo or Relay: [only its operations are answered](docs/operations.md#trusted-documents); not behind a router',
    }),
  },
  problems: trustedDocumentsProblems,
  config(env, isProduction): GraphConfig {
    const isExplorable = !isProduction && env.TRUSTED_DOCUMENTS === undefined;
    return {
      playground: env.PLAYGROUND ?? isExplorable,
      introspection: env.INTROSPECTION ?? isExplorable,
      trustedDocuments: env.TRUSTED_DOCUMENTS ?? null,
    };
  },
});

function trustedDocumentsProblems({ TRUSTED_DOCUMENTS: file, PLAYGROUND }: Environment): string[] {
  if (file === undefined) return [];
  return [...(PLAYGROUND === 'on' ? [NOTHING_TO_PLAY_WITH] : []), ...fileProblems(file)];
}

const NOTHING_TO_PLAY_WITH =
  'PLAYGROUND=on contradicts TRUSTED_DOCUMENTS, which answers nothing that a playground asks. Set the one or the other.';

function fileProblems(file: string): readonly string[] {
  try {
    manifestIn(file);
    return [];
  } catch (error) {
    if (!(error instanceof StartupProblem)) throw error;
    return error.problems;
  }
}
