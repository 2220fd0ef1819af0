import { type Kysely, sql } from 'kysely';

/** By which prices the calls of a run were priced, one after the other; nothing where it was made before this was kept. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table run add column priceBases text not null default '[]'`).execute(database);
}
