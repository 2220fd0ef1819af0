import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Measured } from '../domain/breakdown.ts';
import type { RunId } from '../domain/ids.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson } from './json-column.ts';
import { remembered } from './remembered.ts';
import { SaidScores } from './said-scores.ts';

type Row = Omit<Measured, 'tags' | 'error' | 'said' | 'fromCache'> & {
  repeat: number;
  tags: string;
  said: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  fromCache: number;
};

/** Results read in one statement: others get their turn in between. */
const SLICE = 2_000;

/** What there is to measure of each result of a run, by case, in slices. */
export async function* measuredResults(database: Database, run: RunId): AsyncGenerator<readonly Measured[]> {
  const scores = await SaidScores.ofRun(database, run);
  const tagsOf = remembered(fromJson<string[]>);
  let [caseId, repeat] = [0, 0];
  for (;;) {
    const { rows } = await sql<Row>`
      select result.caseId, result.repeat, evalCase.split, evalCase.label, evalCase.tags, evalCase.language,
        coalesce(judgement.outcome, 'error') as outcome, judgement.answer, coalesce(result.errorCode, judgement.errorCode) as errorCode,
        coalesce(result.errorMessage, case when judgement.errorCode is not null then (
          select json_extract(value, '$.explanation') from json_each(judgement.scores) where json_extract(value, '$.failure') is not null) end) as errorMessage,
        result.inputTokens, result.outputTokens, result.costUsd, result.latencyMs, result.fromCache, ${scores.column} as said
      from result cross join evalCase on evalCase.id = result.caseId
      left join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
      where result.runId = ${run} and result.last = 1 and (result.caseId, result.repeat) > (${caseId}, ${repeat})
      order by result.caseId, result.repeat limit ${sql.lit(SLICE)}`.execute(database);
    yield rows.map((row) => measuredOf(row, tagsOf(row.tags), scores.of(row.said)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return;
    [caseId, repeat] = [last.caseId, last.repeat];
    await nextTurn();
  }
}

/** Named one by one: of many rows, taking some out of an object takes longer than reading them. */
const measuredOf = (row: Row, tags: readonly string[], said: Measured['said']): Measured => ({
  caseId: row.caseId,
  split: row.split,
  label: row.label,
  tags,
  language: row.language,
  outcome: row.outcome,
  answer: row.answer,
  error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' },
  said,
  inputTokens: row.inputTokens,
  outputTokens: row.outputTokens,
  costUsd: row.costUsd,
  latencyMs: row.latencyMs,
  fromCache: row.fromCache === 1,
});
