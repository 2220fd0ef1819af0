import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ResultId, RunId } from '../domain/ids.ts';
import type { Judgement } from '../domain/result.ts';
import type { Scoring } from '../domain/scoring.ts';
import type { Database } from './database.ts';
import { toJson } from './json-column.ts';
import { now } from './now.ts';
import { judgementRow } from './result-row.ts';

export type JudgedOutput = { resultId: ResultId; judgement: Judgement };

/**
 * Adds a scoring over stored outputs; it counts from when all its judgements are there, and the older ones stay. Until then they wait in a table of this
 * connection alone, so that no more than a batch of them is in memory, and none is left where the process ends.
 */
export async function addScoring(
  database: Database,
  run: RunId,
  scoring: Scoring,
  batches: AsyncIterable<readonly JudgedOutput[]> | Iterable<readonly JudgedOutput[]>,
): Promise<void> {
  const draft = randomUUID();
  await sql`create temp table if not exists draftJudgement (
    draft text not null, resultId integer not null, outcome text not null, value real, scores text not null, costUsd real, errorCode text,
    primary key (draft, resultId)) without rowid`.execute(database);
  try {
    for await (const batch of batches) await keepDraft(database, draft, batch);
    await database.transaction().execute(async (transaction) => {
      const id = await insertScoring(transaction, run, scoring);
      await sql`
        insert into judgement (scoringId, resultId, outcome, value, scores, costUsd, errorCode)
        select ${id}, resultId, outcome, value, scores, costUsd, errorCode from temp.draftJudgement where draft = ${draft} order by resultId`.execute(
        transaction,
      );
    });
  } finally {
    await sql`delete from temp.draftJudgement where draft = ${draft}`.execute(database);
  }
}

async function keepDraft(database: Database, draft: string, batch: readonly JudgedOutput[]): Promise<void> {
  if (batch.length === 0) return;
  const rows = batch.map(({ resultId, judgement }) => {
    const { outcome, value, scores, costUsd, errorCode } = judgementRow(judgement);
    return sql`(${draft}, ${resultId}, ${outcome}, ${value}, ${scores}, ${costUsd}, ${errorCode})`;
  });
  await sql`insert into temp.draftJudgement values ${sql.join(rows)}`.execute(database);
}

async function insertScoring(
  transaction: Database,
  run: RunId,
  { scorers, threshold, judgeModel, embeddingModel }: Scoring,
): Promise<number> {
  const last = await transaction
    .selectFrom('scoring')
    .select((select) => select.fn.max('number').as('number'))
    .where('runId', '=', run)
    .executeTakeFirst();
  const row = await transaction
    .insertInto('scoring')
    .values({
      runId: run,
      number: (last?.number ?? 0) + 1,
      scorers: toJson(scorers),
      threshold,
      models: toJson({ judgeModel, embeddingModel }),
      createdAt: now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
