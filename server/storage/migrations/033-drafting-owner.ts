import { type Kysely, sql } from 'kysely';

/** The process that follows a drafting, so that another one can tell whether it still does; unknown for those begun before. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table drafting add column owner text').execute(database);
}
