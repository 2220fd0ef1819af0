import type { Kysely } from 'kysely';

/** The probability that a model gave the label it chose. */
export const up = (database: Kysely<unknown>): Promise<void> =>
  database.schema.alterTable('result').addColumn('confidence', 'real').execute();
