import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

import type { Database } from './database.ts';

/** Every change of the tables, in order. One that was released is never edited. */
const migrations: Record<string, Migration> = {
  '001-sessions-and-onboards': {
    async up(db: Kysely<unknown>) {
      await createSessions(db);
      await createOnboards(db);
      await createLinks(db);
      await db.schema
        .createTable('encryption_key')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .execute();
      await createIndexes(db, 'onboarding_session', 'external_customer_id');
      await createIndexes(db, 'customer_onboard', 'customer_id');
      await createIndexes(db, 'customer_entity_onboarding_session', 'customer_id');
    },
  },

  '002-effects': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('effect')
        .addColumn('operation', 'text', (column) => column.notNull())
        .addColumn('caller', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempt', 'integer', (column) => column.notNull())
        .addColumn('owner', 'text')
        .addColumn('request_encrypted', 'text')
        .addColumn('result_encrypted', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('effect_key', ['operation', 'caller', 'key'])
        .execute();
      await db.schema.createIndex('effect_state').on('effect').columns(['state', 'created_at']).execute();
      await db.schema.createIndex('effect_age').on('effect').column('created_at').execute();
      await db.schema
        .createTable('process')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('alive_until', 'bigint', (column) => column.notNull())
        .execute();
    },
  },

  '003-keys-of-processes': {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('process').addColumn('key_ids', 'text').execute();
    },
  },
};

/** Brings the tables up to date, one process at a time. @throws the database's error */
export async function migrate({ migrating }: Database): Promise<void> {
  await migrating(async (db) => {
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw error;
  });
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
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
}

async function createOnboards(db: Kysely<unknown>): Promise<void> {
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
}

async function createLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('customer_entity_onboarding_session')
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('customer_entity_onboarding_session_key', ['customer_id', 'id'])
    .execute();
}

/** For lists of all, and of a customer's, the newest first. */
async function createIndexes(db: Kysely<unknown>, table: string, customer: string): Promise<void> {
  for (const [name, columns] of [
    [`${table}_newest`, []],
    [`${table}_newest_of_customer`, [customer]],
  ] as const) {
    await db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns, 'created_at desc', 'id desc'])
      .execute();
  }
}
