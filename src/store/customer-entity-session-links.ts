import type { Kysely } from 'kysely';

import type { CustomerEntitySessionLinks } from '../onboarding/entity-onboarding-session.ts';
import { newestFirst } from './newest-first.ts';
import { readable } from './reachable.ts';
import type { Tables } from './engines/tables.ts';
import { asWrite } from './write.ts';

export function customerEntitySessionLinks(db: Kysely<Tables>): CustomerEntitySessionLinks {
  return {
    adding({ customerId, sessionId, createdAt }) {
      return asWrite(
        db
          .insertInto('customer_entity_onboarding_session')
          .values({ customer_id: customerId, id: sessionId, created_at: createdAt.getTime() })
          // the same idempotency key answers the same session
          .onConflict((conflict) => conflict.doNothing())
          .compile(),
      );
    },

    async list(page, customerId) {
      const query = db
        .selectFrom('customer_entity_onboarding_session')
        .select(['id', 'created_at'])
        .where('customer_id', '=', customerId);
      return newestFirst(query, page, ({ id }) => id);
    },

    async among(sessionIds, customerId) {
      const rows = await readable(
        db
          .selectFrom('customer_entity_onboarding_session')
          .select('id')
          .where('customer_id', '=', customerId)
          .where('id', 'in', sessionIds),
      );
      return new Set(rows.map(({ id }) => id));
    },
  };
}
