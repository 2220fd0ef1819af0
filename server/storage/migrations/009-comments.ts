import { type Kysely, sql } from 'kysely';

const statements = [
  // What it is about is the one of these that is given, a result with its run; further kinds are further columns.
  `create table comment (
    id integer primary key, projectId integer not null references project (id), runId integer references run (id), resultId integer references result (id),
    evalSetId integer references evalSet (id), caseKey text, text text not null, author text not null, createdAt text not null, editedAt text,
    resolvedBy text, resolvedAt text, check ((evalSetId is null) = (caseKey is null)), check (resultId is null or runId is not null)
  ) strict`,
  'create index commentByRun on comment (runId) where runId is not null',
  // Without it each result that goes would look through all comments for one that refers to it.
  'create index commentByResult on comment (resultId) where resultId is not null',
  'create index commentByCase on comment (evalSetId, caseKey) where evalSetId is not null',
  'create index commentByProject on comment (projectId, runId)',
];

/** People comment runs, results and cases. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
