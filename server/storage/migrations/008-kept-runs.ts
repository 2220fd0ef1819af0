import { type Kysely, sql } from 'kysely';

/** How a row of history names the run that it belongs to. */
const runOfRow = {
  runEvent: 'old.runId',
  scoring: 'old.runId',
  judgement: '(select runId from scoring where id = old.scoringId)',
  review: '(select runId from result where id = old.resultId)',
};

const statements = [
  `alter table run add column tags text not null default '[]'`,
  'alter table run add column archivedAt text',
  // What stays of a run that was deleted; its number is never given again.
  'create table deletedRun (id integer primary key, projectId integer not null references project (id), about text not null, author text not null, createdAt text not null) strict',
  ...['update', 'delete'].map(
    (verb) =>
      `create trigger deletedRunNo${verb} before ${verb} on deletedRun begin select raise(abort, 'deletedRun is append-only'); end`,
  ),
  // Without it each result that goes would look through all judgements for one that refers to it.
  'create index judgementByResult on judgement (resultId)',
  // History is removed only with its whole run, after that was written down as deleted.
  ...Object.entries(runOfRow).flatMap(([table, run]) => [
    `drop trigger ${table}Nodelete`,
    `create trigger ${table}Nodelete before delete on ${table} when not exists (select 1 from deletedRun where id = ${run})
      begin select raise(abort, '${table} is append-only'); end`,
  ]),
];

/** Runs have tags, can be archived, and can be deleted as a whole. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
