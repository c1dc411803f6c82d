import type { Kysely, Selectable } from 'kysely';

import type { OnboardingSession, OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import type { Encryption } from './secrets/encryption.ts';
import { tokenOf } from './secrets/secret-columns.ts';
import { inOrderOf } from './in-order-of.ts';
import { newestFirst } from './newest-first.ts';
import { readable } from './reachable.ts';
import type { Tables } from './engines/tables.ts';
import { template } from './template.ts';
import { asWrite } from './write.ts';

const COLUMNS = [
  'id',
  'configuration_id',
  'external_customer_id',
  'created_at',
  'completed_at',
  'redirection_url',
  'action',
] as const;

export function onboardingSessionStore(db: Kysely<Tables>, encryption: Encryption): OnboardingSessionStore {
  const tokenIn = ({ id, session_token_encrypted }: { id: string; session_token_encrypted: string }) => {
    try {
      return encryption.decrypt(session_token_encrypted, tokenOf(id));
    } catch (error) {
      return error as Error;
    }
  };

  const insert = template<Tables['onboarding_session']>((value) =>
    db
      .insertInto('onboarding_session')
      .values({
        id: value('id'),
        configuration_id: value('configuration_id'),
        external_customer_id: value('external_customer_id'),
        session_token_encrypted: value('session_token_encrypted'),
        created_at: value('created_at'),
        completed_at: value('completed_at'),
        redirection_url: value('redirection_url'),
        action: value('action'),
      })
      // Incode may answer a session that it has already; the newest token is the one to keep.
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((excluded) => ({
          session_token_encrypted: excluded.ref('excluded.session_token_encrypted'),
        })),
      ),
  );

  return {
    adding: (session, token) =>
      asWrite(
        insert({
          id: session.id,
          configuration_id: session.configurationId,
          external_customer_id: session.externalCustomerId,
          session_token_encrypted: encryption.encrypt(token, tokenOf(session.id)),
          created_at: session.createdAt.getTime(),
          ...completionToRow(session.completion),
        }),
      ),

    completing(id, completion) {
      return asWrite(
        db
          .updateTable('onboarding_session')
          .set(completionToRow(completion))
          .where('id', '=', id)
          .where('completed_at', 'is', null)
          .compile(),
      );
    },

    async getMany(ids) {
      const rows = await readable(db.selectFrom('onboarding_session').select(COLUMNS).where('id', 'in', ids));
      return inOrderOf(ids, rows.map(fromRow));
    },

    async tokens(ids) {
      const rows = await readable(
        db.selectFrom('onboarding_session').select(['id', 'session_token_encrypted']).where('id', 'in', ids),
      );
      return inOrderOf(ids, rows).map((row) => row && tokenIn(row));
    },

    async list(page, { externalCustomerId }) {
      let query = db.selectFrom('onboarding_session').select(COLUMNS);
      if (externalCustomerId !== undefined)
        query = query.where('external_customer_id', '=', externalCustomerId);
      return newestFirst(query, page, fromRow);
    },
  };
}

function completionToRow(completion: OnboardingSession['completion']) {
  return {
    completed_at: completion?.completedAt.getTime() ?? null,
    redirection_url: completion?.redirectionUrl ?? null,
    action: completion?.action ?? null,
  };
}

type Row = Pick<Selectable<Tables['onboarding_session']>, (typeof COLUMNS)[number]>;

function fromRow(row: Row): OnboardingSession {
  return {
    id: row.id,
    configurationId: row.configuration_id,
    externalCustomerId: row.external_customer_id,
    createdAt: new Date(row.created_at),
    completion:
      row.completed_at === null
        ? null
        : {
            completedAt: new Date(row.completed_at),
            redirectionUrl: row.redirection_url,
            action: row.action,
          },
  };
}
