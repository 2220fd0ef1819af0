import { type Kysely, sql } from 'kysely';

const tables = `
create table project (id integer primary key, slug text not null unique, name text not null, createdAt text not null) strict;

create table scope (id integer primary key, projectId integer not null references project (id), content text not null, author text not null, createdAt text not null) strict;
create index scopeByProject on scope (projectId);

create table prompt (id integer primary key, projectId integer not null references project (id), slug text not null, name text not null, createdAt text not null, unique (projectId, slug)) strict;

create table promptVersion (
  id integer primary key, promptId integer not null references prompt (id), number integer not null, content text not null, contentHash text not null,
  note text not null, author text not null, parent integer, createdAt text not null, unique (promptId, number), unique (promptId, contentHash)
) strict;

create table evalSet (
  id integer primary key, projectId integer not null references project (id), slug text not null, name text not null, notes text not null,
  holdoutShare real not null, createdAt text not null, unique (projectId, slug)
) strict;

create table evalSetVersion (
  id integer primary key, evalSetId integer not null references evalSet (id), number integer not null, note text not null, author text not null,
  caseCount integer not null, createdAt text not null, unique (evalSetId, number)
) strict;

create table evalCase (
  id integer primary key, evalSetId integer not null references evalSet (id), key text not null, variables text not null, expected text not null, label text,
  tags text not null, source text not null, split text not null check (split in ('dev', 'holdout')), position integer not null, addedIn integer not null, removedIn integer,
  unique (evalSetId, key, addedIn)
) strict;
create unique index evalCaseCurrent on evalCase (evalSetId, key) where removedIn is null;
create index evalCaseByPosition on evalCase (evalSetId, position);

create table run (
  id integer primary key, projectId integer not null references project (id), promptVersionId integer not null references promptVersion (id),
  evalSetVersionId integer not null references evalSetVersion (id), model text not null, standIn integer not null, parameters text not null, settings text not null,
  status text not null, statusReason text not null, total integer not null, note text not null, codeVersion text not null, servedModel text, owner text, leaseUntil integer,
  requested text, wallMs integer not null, summary text, createdAt text not null, startedAt text, endedAt text
) strict;
create index runByProject on run (projectId, id);
create index runByPromptVersion on run (promptVersionId);

create table runEvent (id integer primary key, runId integer not null references run (id), number integer not null, type text not null, content text not null, createdAt text not null, unique (runId, number)) strict;

create table result (
  id integer primary key, runId integer not null references run (id), caseId integer not null references evalCase (id), repeat integer not null, attempt integer not null,
  last integer not null, output text, finishReason text, inputTokens integer not null, outputTokens integer not null, cachedInputTokens integer not null, costUsd real,
  latencyMs real not null, calls integer not null, fromCache integer not null, servedModel text, notes text not null, errorCode text, errorMessage text, createdAt text not null,
  unique (runId, caseId, repeat, attempt)
) strict;
create unique index resultLast on result (runId, caseId, repeat) where last = 1;

create table scoring (id integer primary key, runId integer not null references run (id), number integer not null, scorers text not null, threshold real, createdAt text not null, unique (runId, number)) strict;

create table judgement (
  scoringId integer not null references scoring (id), resultId integer not null references result (id), outcome text not null check (outcome in ('passed', 'failed', 'no_answer')),
  value real, scores text not null, primary key (scoringId, resultId)
) strict, without rowid;

create table responseCache (key text primary key, response text not null, createdAt text not null) strict, without rowid;

create table review (id integer primary key, resultId integer not null references result (id), category text not null, note text not null, author text not null, createdAt text not null) strict;
create index reviewByResult on review (resultId);

create table release (
  id integer primary key, projectId integer not null references project (id), promptId integer not null references prompt (id), promptVersionId integer not null references promptVersion (id),
  number integer not null, model text not null, parameters text not null, evidence text not null, evidenceDigest text not null, note text not null, approvedBy text not null,
  createdAt text not null, unique (promptId, number)
) strict;

create table labelMove (
  id integer primary key, promptId integer not null references prompt (id), label text not null, releaseId integer not null references release (id), kind text not null,
  reason text not null, author text not null, createdAt text not null
) strict;
create index labelMoveByLabel on labelMove (promptId, label, id);

create table observation (
  id integer primary key, projectId integer not null references project (id), releaseId integer references release (id), input text not null, output text not null, latencyMs real,
  inputTokens integer, outputTokens integer, costUsd real, feedback text, feedbackNote text not null, caseId integer references evalCase (id), createdAt text not null
) strict;
create index observationByProject on observation (projectId, id);

create table connection (slug text primary key, name text not null, baseUrl text not null, keyVariable text, createdAt text not null) strict;
`;

/** Tables whose rows are history: the database itself refuses to change or remove them. */
const appendOnly = [
  'scope',
  'promptVersion',
  'evalSetVersion',
  'runEvent',
  'scoring',
  'judgement',
  'review',
  'release',
  'labelMove',
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of tables.split(';')) {
    if (statement.trim() !== '') await sql.raw(statement).execute(database);
  }
  for (const table of appendOnly) {
    for (const verb of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger ${table}No${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
        )
        .execute(database);
    }
  }
}
