import { type Kysely, sql } from 'kysely';

/** As before but for `outcome`, which can be an `error` now, and the two columns at the end: SQLite changes no check of a table that is there. */
const judgement = `create table judgement (
  scoringId integer not null references scoring (id), resultId integer not null references result (id), outcome text not null check (outcome in ('passed', 'failed', 'no_answer', 'error')),
  value real, scores text not null, answer text generated always as (json_extract(scores, '$[0].answer')) virtual, costUsd real, errorCode text, primary key (scoringId, resultId)
) strict, without rowid`;

const statements = [
  'alter table judgement rename to earlierJudgement',
  judgement,
  'insert into judgement (scoringId, resultId, outcome, value, scores, costUsd) select scoringId, resultId, outcome, value, scores, 0 from earlierJudgement',
  'drop table earlierJudgement',
  'create index judgementByOutcome on judgement (scoringId, outcome)',
  'create index judgementByAnswer on judgement (scoringId, outcome, answer)',
  'create index judgementByResult on judgement (resultId)',
  `create trigger judgementNoupdate before update on judgement begin select raise(abort, 'judgement is append-only'); end`,
  `create trigger judgementNodelete before delete on judgement
    when not exists (select 1 from deletedRun where id = (select runId from scoring where id = old.scoringId))
    begin select raise(abort, 'judgement is append-only'); end`,
  `update run set summary = json_set(summary, '$.judgingCostUsd', 0) where summary is not null`,
  // Models that the scorers ask.
  `alter table scoring add column models text not null default '{}'`,
];

/** Scorers may ask a model: what that cost, which model, and that a result could not be judged. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
