import { type Kysely, sql } from 'kysely';

/** Whether a set version has holdout cases is asked for each run that a page shows: without an index it looked through all cases of the set, where there are none. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create index evalCaseHoldout on evalCase (evalSetId, addedIn, removedIn) where split = 'holdout'`.execute(
    database,
  );
}
