import { z } from 'zod';

import { databaseUrlProblem } from '../../formats/database-url.ts';
import { encryptionKeyOf } from '../../formats/encryption-key.ts';
import { group, told } from './group.ts';

export interface StoreConfig {
  /** `sqlite:<file>`, `sqlite::memory:` or `postgres://…`, which holds a password. */
  readonly databaseUrl: string;
  /** 32 bytes each: the first encrypts, all decrypt. Null: one is made and kept beside the database. */
  readonly encryptionKeys: readonly Buffer[] | null;
}

export const storeGroup = group({
  about: 'what is kept',
  variables: {
    DATABASE_URL: z
      .string()
      .superRefine((value, context) => {
        const message = databaseUrlProblem(value);
        if (message !== null) context.addIssue({ code: 'custom', message });
      })
      .default('sqlite:data/onboarding.db')
      .register(told, {
        meaning:
          'where it is kept; or `sqlite::memory:`, or `postgres://user:password@host/database` for several machines',
      }),
    ENCRYPTION_KEYS: z.string().transform(toKeys).optional().register(told, {
      meaning:
        'keys of 32 bytes in base64 (`openssl rand -base64 32`) with commas between them: the first encrypts, all decrypt',
      otherwise: 'made once into `data/` in development',
      neededInProduction: 'Set it to a key made with: openssl rand -base64 32',
    }),
  },
  config: (env): StoreConfig => ({
    databaseUrl: env.DATABASE_URL,
    encryptionKeys: env.ENCRYPTION_KEYS ?? null,
  }),
});

function toKeys(value: string, context: z.RefinementCtx): Buffer[] {
  const keys = value.split(',').map((key) => encryptionKeyOf(key.trim()));
  const wrong = keys.flatMap((key, index) => (key ? [] : [index + 1]));
  if (wrong.length > 0) {
    context.addIssue({
      code: 'custom',
      message:
        'must be keys of 32 bytes in base64 (44 characters that end in =) with commas between them and nothing else; ' +
        `number ${wrong.join(' and ')} of ${keys.length} is none. Make one with: openssl rand -base64 32`,
    });
  }
  return keys.filter((key) => key !== null);
}
