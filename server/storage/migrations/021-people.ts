import { type Kysely, sql } from 'kysely';

const statements = [
  `create table person (
    id integer primary key, name text not null unique collate nocase, role text not null check (role in ('viewer', 'editor', 'approver')),
    tokenHash text unique, createdAt text not null, removedAt text
  ) strict`,
  `create table releaseRequest (
    id integer primary key, projectId integer not null references project (id), promptId integer not null references prompt (id),
    promptVersionId integer not null references promptVersion (id), model text not null, parameters text not null, scopeId integer references scope (id),
    evidence text not null, evidenceDigest text not null, note text not null, requestedBy text not null, personId integer references person (id),
    createdAt text not null
  ) strict`,
  'create index releaseRequestByProject on releaseRequest (projectId, id)',
  `create table requestEvent (
    id integer primary key, requestId integer not null references releaseRequest (id),
    kind text not null check (kind in ('commented', 'sent_back', 'withdrawn', 'approved')), text text not null,
    evalSetId integer references evalSet (id), caseKey text, releaseId integer references release (id), author text not null,
    personId integer references person (id), createdAt text not null, check ((evalSetId is null) = (caseKey is null))
  ) strict`,
  'create index requestEventByRequest on requestEvent (requestId, id)',
  // A request ends once.
  `create unique index requestEventEnd on requestEvent (requestId) where kind <> 'commented'`,
  "alter table release add column overrides text not null default '[]'",
  ...['releaseRequest', 'requestEvent'].flatMap((table) =>
    ['update', 'delete'].map(
      (verb) =>
        `create trigger ${table}No${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
    ),
  ),
];

/** People with a role each, and requests for a release that they decide on. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
