import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Outcome, Score } from '../domain/scorer.ts';

/** What an observation was scored as by the newest generation that judged it: as a whole, or by one of its scorers. No answer found is a failure. */
export type ScoredAs = { outcome: Exclude<Outcome, 'no_answer'> | 'error'; scorer?: string };

/** What one scorer said, as `observationScore.byScorer` has it: passed, failed, no answer found, could not judge. */
export type ScorerLetter = 'p' | 'f' | 'n' | 'e';

export function letterOf({ passed, value, failure }: Score): ScorerLetter {
  if (failure !== undefined) return 'e';
  return passed ? 'p' : value === null ? 'n' : 'f';
}

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

/** The JSON of scores is only looked into where some scorer said so. */
const byOne = (outcome: ScoredAs['outcome'], scorer: string) => sql`scored.byScorer glob ${globs[outcome]} and exists (
  select 1 from json_each(scored.scores) as score
  where score.value ->> '$.scorer' = ${scorer} and substr(scored.byScorer, score.key + 1, 1) glob ${letters[outcome]})`;

const letters = { passed: 'p', failed: '[fn]', error: 'e' };
const globs = { passed: '*p*', failed: '*[fn]*', error: '*e*' };
