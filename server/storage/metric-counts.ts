import { sql } from 'kysely';
import type { RunId } from '../domain/ids.ts';
import type { CaseCounts } from '../domain/rate-summary.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { RepeatOutcome } from '../domain/statistics/comparison.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';

/** Cases for which a scorer said the same, `cases` of them, and the sum of its `values` over `valued` results. */
export type MetricCount = CaseCounts & { scorer: string; values: number; valued: number };

const scoresOf = (run: RunId) => sql`
  from result
  cross join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
  cross join json_each(judgement.scores) as score`;

/** What each scorer of a run's newest scoring said by itself, in the scorers' order. */
export async function metricCounts(database: Database, run: RunId): Promise<MetricCount[]> {
  const { rows } = await sql<MetricCount>`
    select scorer, passed, failed, noAnswer, errors, count(*) as cases, sum(total) as "values", sum(valued) as valued from (
      select score.value ->> '$.scorer' as scorer, min(score.key) as place,
        sum(score.value ->> '$.failure' is null and score.value ->> '$.passed') as passed,
        sum(score.value ->> '$.failure' is null and not score.value ->> '$.passed') as failed,
        sum(score.value ->> '$.failure' is null and score.value ->> '$.value' is null) as noAnswer,
        sum(score.value ->> '$.failure' is not null) as errors,
        coalesce(sum(score.value ->> '$.value'), 0) as total, count(score.value ->> '$.value') as valued
      ${scoresOf(run)}
      where result.runId = ${run} and result.last = 1
      group by scorer, result.caseId)
    group by scorer, passed, failed, noAnswer, errors order by min(place), scorer`.execute(database);
  return rows;
}

/** By scorer and case key what each repeat came to. With `asTyped`, cases that another scorer judged in its place are left out. */
export async function metricOutcomes(
  database: Database,
  run: RunId,
  split: SplitChoice,
  asTyped = false,
): Promise<Map<string, Map<string, RepeatOutcome[]>>> {
  const { rows } = await sql<{ scorer: string; key: string; passed: number; failed: number; errors: number }>`
    select score.value ->> '$.scorer' as scorer, evalCase.key as key,
      sum(score.value ->> '$.failure' is null and score.value ->> '$.passed') as passed,
      sum(score.value ->> '$.failure' is null and not score.value ->> '$.passed') as failed,
      sum(score.value ->> '$.failure' is not null) as errors
    ${scoresOf(run)}
    join evalCase on evalCase.id = result.caseId
    where result.runId = ${run} and result.last = 1 ${split === 'all' ? sql`` : sql`and evalCase.split = ${split}`}
      ${asTyped ? sql`and score.value ->> '$.own' is null` : sql``}
    group by scorer, result.caseId order by scorer`.execute(database);
  const byScorer = new Map<string, Map<string, RepeatOutcome[]>>();
  for (const { scorer, key, passed, failed, errors } of rows) {
    const cases = byScorer.get(scorer) ?? new Map<string, RepeatOutcome[]>();
    byScorer.set(scorer, cases);
    cases.set(key, [...times('passed', passed), ...times('failed', failed), ...times('error', errors)]);
  }
  return byScorer;
}

const times = (outcome: RepeatOutcome, count: number): RepeatOutcome[] => Array.from({ length: count }, () => outcome);
