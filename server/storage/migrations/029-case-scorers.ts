import { type Kysely, sql } from 'kysely';

const statements = [
  'alter table evalCase add column scorers text',
  // Few cases have any, and each run asks which.
  'create index evalCaseWithScorers on evalCase (evalSetId) where scorers is not null',
];

/** Scorers of a case. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
