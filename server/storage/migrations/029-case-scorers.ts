import type { Kysely } from 'kysely';

/** Scorers of a case. */
export const up = (database: Kysely<unknown>): Promise<void> =>
  database.schema.alterTable('evalCase').addColumn('scorers', 'text').execute();
