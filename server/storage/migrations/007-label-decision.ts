import { type Kysely, sql } from 'kysely';

const statements = [
  `create table labelDecision (
    id integer primary key, caseId integer not null references evalCase (id), before text, note text not null, author text not null, createdAt text not null
  ) strict`,
  'create index labelDecisionByCase on labelDecision (caseId)',
  ...['update', 'delete'].map(
    (verb) =>
      `create trigger labelDecisionNo${verb} before ${verb} on labelDecision begin select raise(abort, 'labelDecision is append-only'); end`,
  ),
];

/** What people decided about labels that were doubted. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
