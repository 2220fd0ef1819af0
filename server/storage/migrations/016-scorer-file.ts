import { type Kysely, sql } from 'kysely';

const table = `create table scorerFile (
  name text not null, hash text not null, source text not null, createdAt text not null, primary key (name, hash)
) strict`;

/** A run is judged by the text that a scorer of one's own had when it began, whatever the file says later. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(database);
}
