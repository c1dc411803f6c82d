import type { Kysely, Selectable } from 'kysely';

import type {
  CustomerOnboard,
  CustomerOnboardStore,
  MobileAnalysisResult,
} from '../onboarding/customer-onboard.ts';
import type { Encryption } from './secrets/encryption.ts';
import { resultsOf } from './secrets/secret-columns.ts';
import { inOrderOf } from './in-order-of.ts';
import { newestFirst } from './newest-first.ts';
import { readable } from './reachable.ts';
import type { Tables } from './engines/tables.ts';
import { template } from './template.ts';
import { asWrite } from './write.ts';

export function customerOnboardStore(db: Kysely<Tables>, encryption: Encryption): CustomerOnboardStore {
  const fromRow = (row: Selectable<Tables['customer_onboard']>): CustomerOnboard => ({
    id: row.id,
    clientId: row.client_id,
    customerId: row.customer_id,
    productGroupId: row.product_group_id,
    triggerId: row.trigger_id,
    clientMessageTag: row.client_message_tag,
    message: row.message,
    mobileAnalysisResults: JSON.parse(
      encryption.decrypt(row.mobile_analysis_results_encrypted, resultsOf(row.id)),
    ) as MobileAnalysisResult[] | null,
    createdAt: new Date(row.created_at),
  });

  const insert = template<Tables['customer_onboard']>((value) =>
    db
      .insertInto('customer_onboard')
      .values({
        id: value('id'),
        client_id: value('client_id'),
        customer_id: value('customer_id'),
        product_group_id: value('product_group_id'),
        trigger_id: value('trigger_id'),
        client_message_tag: value('client_message_tag'),
        message: value('message'),
        mobile_analysis_results_encrypted: value('mobile_analysis_results_encrypted'),
        created_at: value('created_at'),
      })
      // Stored again, because the answer to the first commit was lost.
      .onConflict((conflict) => conflict.column('id').doNothing()),
  );

  return {
    adding: (onboard) =>
      asWrite(
        insert({
          id: onboard.id,
          client_id: onboard.clientId,
          customer_id: onboard.customerId,
          product_group_id: onboard.productGroupId,
          trigger_id: onboard.triggerId,
          client_message_tag: onboard.clientMessageTag,
          message: onboard.message,
          mobile_analysis_results_encrypted: encryption.encrypt(
            JSON.stringify(onboard.mobileAnalysisResults),
            resultsOf(onboard.id),
          ),
          created_at: onboard.createdAt.getTime(),
        }),
      ),

    async getMany(ids) {
      const rows = await readable(db.selectFrom('customer_onboard').selectAll().where('id', 'in', ids));
      return inOrderOf(ids, rows.map(fromRow));
    },

    async list(page, { customerId }) {
      let query = db.selectFrom('customer_onboard').selectAll();
      if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
      return newestFirst(query, page, fromRow);
    },
  };
}
