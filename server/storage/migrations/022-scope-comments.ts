import { type Kysely, sql } from 'kysely';

const statements = [
  // The version that was the newest when it was written.
  'alter table comment add column scopeId integer references scope (id)',
  'create index commentByScope on comment (scopeId) where scopeId is not null',
];

/** People comment the scope of a project. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
