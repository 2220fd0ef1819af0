import { type Kysely, sql } from 'kysely';

const statements = [
  `create table drafting (
    id integer primary key, projectId integer not null references project (id), evalSetId integer not null references evalSet (id), model text not null,
    prompt text not null, wanted integer not null, status text not null, problems text not null default '[]', inputTokens integer not null default 0,
    outputTokens integer not null default 0, costUsd real default 0, author text not null, createdAt text not null
  ) strict`,
  'create index draftingByProject on drafting (projectId, id)',
  `create table caseDraft (
    id integer primary key, draftingId integer not null references drafting (id), variables text not null, expected text not null, tags text not null,
    likeness text, state text not null default 'open' check (state in ('open', 'confirmed', 'dropped')), decidedBy text, decidedAt text,
    check ((state = 'open') = (decidedAt is null))
  ) strict`,
  'create index caseDraftByDrafting on caseDraft (draftingId, id)',
];

/** Cases that a model drafted wait apart from every set until a person confirms or drops each. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
