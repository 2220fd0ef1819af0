import { type Kysely, sql } from 'kysely';

const statements = [
  // What a model costs, or which part of it a connection asks in batches; without a value it was taken back.
  `create table priceChange (
    id integer primary key, kind text not null check (kind in ('price', 'batch_share')), subject text not null, value text, asOf text not null,
    source text not null, author text not null, createdAt text not null
  ) strict`,
  'create index priceChangeBySubject on priceChange (kind, subject, id)',
  ...['update', 'delete'].map(
    (verb) =>
      `create trigger priceChangeNo${verb} before ${verb} on priceChange begin select raise(abort, 'priceChange is append-only'); end`,
  ),
];

/** A person's own prices, over those that came with the program. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
