import { type Kysely, sql } from 'kysely';

const appendOnly = (table: string) =>
  ['update', 'delete'].map(
    (verb) =>
      `create trigger ${table}No${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
  );

const statements = [
  `create table alertRule (
    id integer primary key, projectId integer not null references project (id), condition text not null, author text not null,
    createdAt text not null, removedAt text
  ) strict`,
  'create index alertRuleByProject on alertRule (projectId, id)',
  // Of two processes that see the same, one tells: each event names the one that it follows.
  `create table alertEvent (
    id integer primary key, ruleId integer not null references alertRule (id), follows integer references alertEvent (id),
    kind text not null check (kind in ('fired', 'acknowledged', 'resolved')), evidence text, note text not null, author text not null,
    createdAt text not null
  ) strict`,
  'create unique index alertEventByRule on alertEvent (ruleId, coalesce(follows, 0))',
  ...appendOnly('alertEvent'),
  `create table alertWebhook (
    projectId integer primary key references project (id), url text, urlVariable text, authorizationVariable text, signingVariable text,
    author text not null, createdAt text not null, check ((url is null) <> (urlVariable is null))
  ) strict`,
  `create table alertDelivery (
    id integer primary key, projectId integer not null references project (id), eventId integer references alertEvent (id),
    message text not null, attempt integer not null, status text not null check (status in ('sending', 'delivered', 'failed')),
    httpStatus integer, problem text, startedAt text not null, endedAt text, unique (message, attempt)
  ) strict`,
  'create index alertDeliveryByProject on alertDelivery (projectId, id)',
  'create index alertDeliveryByEvent on alertDelivery (eventId)',
  // With all that is counted: else each look would read the texts of the calls as well.
  'create index observationByReleaseTime on observation (releaseId, createdAt, feedback, latencyMs, costUsd)',
  'create index observationByProjectTime on observation (projectId, createdAt, releaseId, feedback, latencyMs, costUsd)',
  `create index observationDisliked on observation (projectId) where feedback = 'down' and caseId is null`,
];

/** Rules that watch production, what became of them, and where that is told. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
