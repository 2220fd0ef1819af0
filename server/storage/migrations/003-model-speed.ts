import { type Kysely, sql } from 'kysely';

/** What the speed of each model is read by: its runs, and their calls that a model answered at once. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create index runByModel on run (model, id)`.execute(database);
  await sql`create index resultAnswered on result (runId) where fromCache = 0 and errorCode is null and calls = 1`.execute(
    database,
  );
}
