import { type Kysely, sql } from 'kysely';

const statements = [
  // Without a foreign key to the judge: it is a digest of judge model, prompt and criterion.
  `create table judgeLabel (
    id integer primary key, projectId integer not null references project (id), judge text not null, resultId integer not null references result (id),
    passed integer check (passed in (0, 1)), note text not null, author text not null, createdAt text not null
  ) strict`,
  'create index judgeLabelByJudge on judgeLabel (projectId, judge, resultId, author, id)',
  'create index judgeLabelByResult on judgeLabel (resultId)',
  `create trigger judgeLabelNoupdate before update on judgeLabel begin select raise(abort, 'judgeLabel is append-only'); end`,
  `create trigger judgeLabelNodelete before delete on judgeLabel
    when not exists (select 1 from deletedRun where id = (select runId from result where id = old.resultId))
    begin select raise(abort, 'judgeLabel is append-only'); end`,
  // Counted again where a judge model judged.
  `update run set summary = case when (select models ->> '$.judgeModel' from scoring where runId = run.id order by id desc limit 1) is null
    then json_set(summary, '$.judgeCounts', json('[]')) end where summary is not null`,
];

/** People label outputs, so that a judge model can be told how far it says what they say. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
