import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Measured } from '../domain/breakdown.ts';
import type { RunId } from '../domain/ids.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson } from './json-column.ts';

type Row = Omit<Measured, 'tags' | 'error' | 'fromCache'> & {
  repeat: number;
  tags: string;
  errorCode: string | null;
  errorMessage: string | null;
  fromCache: number;
};

/** Results read in one statement: others get their turn in between. */
const SLICE = 2_000;

/** What there is to measure of each result of a run, by case, in slices. */
export async function* measuredResults(database: Database, run: RunId): AsyncGenerator<readonly Measured[]> {
  let [caseId, repeat] = [0, 0];
  for (;;) {
    const { rows } = await sql<Row>`
      select result.caseId, result.repeat, evalCase.split, evalCase.label, evalCase.tags, evalCase.language,
        coalesce(judgement.outcome, 'error') as outcome, judgement.answer, coalesce(result.errorCode, judgement.errorCode) as errorCode, coalesce(result.errorMessage, (select json_extract(value, '$.explanation') from json_each(judgement.scores) where json_extract(value, '$.failure') is not null and judgement.errorCode is not null)) as errorMessage,
        result.inputTokens, result.outputTokens, result.costUsd, result.latencyMs, result.fromCache
      from result cross join evalCase on evalCase.id = result.caseId
      left join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
      where result.runId = ${run} and result.last = 1 and (result.caseId, result.repeat) > (${caseId}, ${repeat})
      order by result.caseId, result.repeat limit ${sql.lit(SLICE)}`.execute(database);
    yield rows.map(measuredOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return;
    [caseId, repeat] = [last.caseId, last.repeat];
    await nextTurn();
  }
}

const measuredOf = ({ repeat: _, tags, errorCode, errorMessage, fromCache, ...row }: Row): Measured => ({
  ...row,
  tags: fromJson<string[]>(tags),
  error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
  fromCache: fromCache === 1,
});
