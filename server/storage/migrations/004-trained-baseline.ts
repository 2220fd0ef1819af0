import { type Kysely, sql } from 'kysely';

const statements = [
  `create table trainedBaseline (
    id integer primary key, evalSetVersionId integer not null references evalSetVersion (id), method text not null, library text not null, folds integer not null,
    seed text not null, labelsUsed integer not null, predictions text not null, holdoutPredictions text not null, trainingMs real not null, createdAt text not null,
    unique (evalSetVersionId, method)
  ) strict`,
  ...['update', 'delete'].map(
    (verb) =>
      `create trigger trainedBaselineNo${verb} before ${verb} on trainedBaseline begin select raise(abort, 'trainedBaseline is append-only'); end`,
  ),
];

/** What a trained classifier reaches on a version of a set. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
