import { type Kysely, sql } from 'kysely';

const statements = [
  `create table unobservedCall (
    id integer primary key, projectId integer not null references project (id), releaseId integer references release (id),
    failure text, message text not null, model text, traceId text, spanId text, createdAt text not null
  ) strict`,
  'create index unobservedCallByRelease on unobservedCall (releaseId, createdAt, failure)',
  'create index unobservedCallByProject on unobservedCall (projectId, createdAt, releaseId, failure)',
  'create unique index unobservedCallBySpan on unobservedCall (projectId, traceId, spanId) where traceId is not null',
  // What came before counts as if it had come now.
  'alter table trace add column receivedMs integer not null default 0',
  'alter table spanMessage add column receivedMs integer not null default 0',
  `update trace set receivedMs = unixepoch() * 1000`,
  `update spanMessage set receivedMs = unixepoch() * 1000`,
  'create index traceByReceived on trace (receivedMs)',
];

/** Production calls that left no answer to look at, and when it was that a trace came, whatever it says of its time. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
