import { type Kysely, sql } from 'kysely';

/** The replies of a run are read in the order they were stored, a page at a time: without an index each page sorted all that were left. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create index resultReplies on result (runId) where last = 1 and errorCode is null`.execute(database);
}
