import { type Kysely, sql } from 'kysely';

const statements = [
  `create table redactionRules (
    id integer primary key, projectId integer not null references project (id), number integer not null, content text not null, author text not null,
    createdAt text not null, unique (projectId, number)
  ) strict`,
  `create table redactionCount (
    projectId integer not null references project (id), name text not null, count integer not null, lastAt text not null, primary key (projectId, name)
  ) strict, without rowid`,
  `create table storedRedaction (
    id integer primary key, projectId integer not null references project (id), rules integer not null, author text not null, records integer not null,
    changed integer not null, createdAt text not null
  ) strict`,
  'create index storedRedactionByProject on storedRedaction (projectId, id)',
  ...['redactionRules', 'storedRedaction'].flatMap((table) =>
    ['update', 'delete'].map(
      (verb) =>
        `create trigger ${table}No${verb} before ${verb} on ${table} begin select raise(abort, '${table} is append-only'); end`,
    ),
  ),
];

/** Rules of what is taken out of production calls, how often each found something, and when they were applied to what was stored before. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
