import type { Kysely } from 'kysely';

/** What cases belong to together: they stand on one side of a set. */
export const up = (database: Kysely<unknown>): Promise<void> =>
  database.schema.alterTable('evalCase').addColumn('groupName', 'text').execute();
