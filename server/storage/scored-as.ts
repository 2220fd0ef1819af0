import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Outcome } from '../domain/scorer.ts';

/** What an observation was scored as by the newest generation that judged it: as a whole, or by one of its scorers. No answer found is a failure. */
export type ScoredAs = { outcome: Exclude<Outcome, 'no_answer'> | 'error'; scorer?: string };

/** Whether a row of `observation` was scored so. */
export const scoredAs = ({ outcome, scorer }: ScoredAs): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select 1 from observationScore as scored
  where scored.observationId = observation.id
    and scored.scoringId = (select max(newest.scoringId) from observationScore as newest where newest.observationId = observation.id)
    and ${scorer === undefined ? asWhole[outcome] : byOne(outcome, scorer)})`;

const asWhole = {
  passed: sql`scored.outcome = 'passed'`,
  failed: sql`scored.outcome in ('failed', 'no_answer')`,
  error: sql`scored.outcome = 'error'`,
};

const byOne = (outcome: ScoredAs['outcome'], scorer: string) => sql`exists (
  select 1 from json_each(scored.scores) as score where score.value ->> '$.scorer' = ${scorer} and ${alone[outcome]})`;

const alone = {
  passed: sql`score.value ->> '$.failure' is null and score.value ->> '$.passed'`,
  failed: sql`score.value ->> '$.failure' is null and not score.value ->> '$.passed'`,
  error: sql`score.value ->> '$.failure' is not null`,
};
