import { type Kysely, sql } from 'kysely';

/** A connection may be limited to so many requests and tokens a minute; by its slug, because most connections are found and not stored. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create table connectionLimit (slug text primary key, requestsPerMinute integer, tokensPerMinute integer) strict`.execute(
    database,
  );
}
