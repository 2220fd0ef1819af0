import { type Kysely, sql } from 'kysely';

const statements = [
  'alter table deletedRun add column promptId integer references prompt (id)',
  'alter table deletedRun add column evalSetId integer references evalSet (id)',
];

/** Which prompt looked at which set's holdout cases in a run that was deleted: it stays a look. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
