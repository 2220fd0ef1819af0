import { type RawBuilder, sql } from 'kysely';
import type { ScoringId } from '../domain/ids.ts';
import type { JudgeCount } from '../domain/judge-calibration.ts';
import type { Database } from './database.ts';

/** What the judges of a scoring said; scorings without a judge model are not looked through. */
export async function judgeCounts(database: Database, scoring: ScoringId | RawBuilder<number>): Promise<JudgeCount[]> {
  const { rows } = await sql<JudgeCount>`
    select score.value ->> '$.scorer' as scorer, score.value ->> '$.judge' as judge,
      sum(score.value ->> '$.passed') as passed, count(*) as n
    from scoring
    cross join result on result.runId = scoring.runId and result.last = 1 and result.repeat = 0
    cross join judgement on judgement.resultId = result.id and judgement.scoringId = scoring.id
    cross join json_each(judgement.scores) as score
    where scoring.id = ${scoring} and scoring.models ->> '$.judgeModel' is not null
      and score.value ->> '$.judge' is not null and score.value ->> '$.value' is not null and score.value ->> '$.failure' is null
    group by scorer, judge order by min(score.key), judge`.execute(database);
  return rows;
}
