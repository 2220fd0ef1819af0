import { type Kysely, sql } from 'kysely';

/** What a case is written in stands beside it: told from its text at each look, a filter by language took longer than any other. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table evalCase add column language text`.execute(database);
  await sql`update evalCase set language = inputLanguage(variables)`.execute(database);
}
