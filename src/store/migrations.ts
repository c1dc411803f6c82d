import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

import type { Tables } from './tables.ts';

/** Every change of the tables, in order. One that was released is never edited. */
const migrations: Record<string, Migration> = {
  '001-sessions-and-onboards': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('onboarding_session')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('configuration_id', 'text', (column) => column.notNull())
        .addColumn('external_customer_id', 'text')
        .addColumn('session_token_encrypted', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('completed_at', 'bigint')
        .addColumn('redirection_url', 'text')
        .addColumn('action', 'text')
        .execute();
      await db.schema
        .createTable('customer_onboard')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('customer_id', 'text', (column) => column.notNull())
        .addColumn('product_group_id', 'text', (column) => column.notNull())
        .addColumn('trigger_id', 'text')
        .addColumn('client_message_tag', 'text')
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('mobile_analysis_results_encrypted', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('customer_entity_onboarding_session')
        .addColumn('customer_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('customer_entity_onboarding_session_key', ['customer_id', 'id'])
        .execute();

      await db.schema
        .createTable('encryption_key')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .execute();
      for (const [table, customer] of [
        ['onboarding_session', 'external_customer_id'],
        ['customer_onboard', 'customer_id'],
        ['customer_entity_onboarding_session', 'customer_id'],
      ] as const) {
        const newestFirst = ['created_at desc', 'id desc'] as const;
        await db.schema
          .createIndex(`${table}_newest`)
          .on(table)
          .columns([...newestFirst])
          .execute();
        await db.schema
          .createIndex(`${table}_newest_of_customer`)
          .on(table)
          .columns([customer, ...newestFirst])
          .execute();
      }
    },
  },
};

/**
 * Brings the tables up to date. The write lock is taken before anything is read, so that of several processes that start
 * at once one does it and the others then find it done.
 * @throws the database's error
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  await db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    const { error } = await new Migrator({ db: connection, provider }).migrateToLatest({
      disableTransactions: true,
    });
    await sql.raw(error === undefined ? 'commit' : 'rollback').execute(connection);
    if (error !== undefined) throw error;
  });
}
