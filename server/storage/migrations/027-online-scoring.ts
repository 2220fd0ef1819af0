import { type Kysely, sql } from 'kysely';

const keptAsItWas = `
  new.id is not old.id or new.promptId is not old.promptId or new.number is not old.number or new.scorers is not old.scorers or
  new.share is not old.share or new.fromId is not old.fromId or new.author is not old.author or new.createdAt is not old.createdAt`;

const statements = [
  `create table onlineScoring (
    id integer primary key, promptId integer not null references prompt (id), number integer not null, scorers text not null,
    share real not null check (share > 0 and share <= 1), fromId integer not null, seenId integer not null, endedAt text,
    author text not null, createdAt text not null, unique (promptId, number)
  ) strict`,
  // Of a prompt one scores at a time.
  'create unique index onlineScoringLive on onlineScoring (promptId) where endedAt is null',
  `create trigger onlineScoringNoupdate before update on onlineScoring when ${keptAsItWas}
    begin select raise(abort, 'onlineScoring is append-only'); end`,
  `create trigger onlineScoringNodelete before delete on onlineScoring begin select raise(abort, 'onlineScoring is append-only'); end`,
  `create table observationScore (
    observationId integer not null references observation (id) on delete cascade, scoringId integer not null references onlineScoring (id),
    outcome text not null check (outcome in ('passed', 'failed', 'no_answer', 'error')), byScorer text not null, value real, scores text not null, createdAt text not null,
    primary key (observationId, scoringId)
  ) strict, without rowid`,
  'create index if not exists observationByRelease on observation (releaseId, id)',
];

/** Scorers that judge a sampled share of what is observed in production, a generation each time they change. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
