import { type Kysely, sql } from 'kysely';

const statements = [
  `create table trace (
    id integer primary key, projectId integer not null references project (id), traceId text not null, name text not null, service text not null,
    startUs integer not null, durationMs real not null, spans integer not null, errors integer not null, modelCalls integer not null,
    inputTokens integer not null, outputTokens integer not null, cachedInputTokens integer not null, costUsd real, unpriced integer not null,
    unique (projectId, traceId)
  ) strict`,
  'create index traceByProject on trace (projectId, id)',
  'create index traceByProjectStart on trace (projectId, startUs)',
  'create index traceByStart on trace (startUs)',
  `create table span (
    id integer primary key, projectId integer not null references project (id), traceId text not null, spanId text not null, parentSpanId text,
    name text not null, kind text not null, type text not null, service text not null, startUs integer not null, durationMs real not null,
    status text not null, error text, model text, servedModel text, finishReason text, inputTokens integer, outputTokens integer,
    cachedInputTokens integer, costUsd real, input text not null, output text not null, attributes text not null, events text not null,
    unique (projectId, traceId, spanId)
  ) strict`,
  'create index spanByModel on span (projectId, model) where model is not null',
  // Messages that came as logs of a span, which itself may come later.
  `create table spanMessage (
    id integer primary key, projectId integer not null references project (id), traceId text not null, spanId text not null, name text not null,
    atUs integer not null, attributes text not null, digest text not null, unique (projectId, traceId, spanId, digest)
  ) strict`,
  'alter table observation add column model text',
  'alter table observation add column traceId text',
  'alter table observation add column spanId text',
  // A span that is sent again is one call.
  'create unique index observationBySpan on observation (projectId, traceId, spanId) where traceId is not null',
];

/** Traces of programs, and which call each observation of one was. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
