import { type Kysely, sql } from 'kysely';

/** What tools a reply asked for, as JSON; null where it asked for none. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table result add column toolCalls text').execute(database);
}
