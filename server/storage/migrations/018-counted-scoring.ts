import { type Kysely, sql } from 'kysely';

const keptForever = (verb: string, when = '') =>
  `create trigger countedScoringNo${verb} before ${verb} on countedScoring ${when} begin select raise(abort, 'countedScoring is append-only'); end`;

const statements = [
  'create table countedScoring (id integer primary key, runId integer not null references run (id), scoringId integer not null references scoring (id), createdAt text not null) strict',
  'create index countedScoringByRun on countedScoring (runId, id)',
  'create index countedScoringByScoring on countedScoring (scoringId)',
  'insert into countedScoring (runId, scoringId, createdAt) select runId, id, createdAt from scoring order by id',
  keptForever('update'),
  keptForever('delete', 'when not exists (select 1 from deletedRun where id = old.runId)'),
  `create table scoringJob (
    scoringId integer primary key references scoring (id), runId integer not null references run (id), status text not null check (status in ('running', 'stopped', 'interrupted', 'failed', 'done')),
    reason text not null default '', owner text, leaseUntil integer, stopAsked integer not null default 0, total integer not null, done integer not null default 0, costUsd real default 0,
    startedAt text not null, endedAt text
  ) strict`,
  'create index scoringJobByRun on scoringJob (runId)',
];

/** Which scoring of a run counts is said, not taken to be the newest: one that is under way is stored as it comes and counts once it is whole. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
