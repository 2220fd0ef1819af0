import { type Kysely, sql } from 'kysely';

const statements = [
  // What it did is in the rows of `review` that name it: reviews are only ever added, and their history stays.
  `create table categoryChange (
    id integer primary key, projectId integer not null references project (id), content text not null, author text not null, createdAt text not null,
    undoneBy text, undoneAt text
  ) strict`,
  'create index categoryChangeByProject on categoryChange (projectId, id)',
  'alter table review add column changeId integer references categoryChange (id)',
  'create index reviewByChange on review (changeId) where changeId is not null',
];

/** Failure categories are renamed, merged and given to many results at once, and each such change can be undone. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
