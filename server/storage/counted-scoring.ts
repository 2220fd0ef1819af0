import { type RawBuilder, sql } from 'kysely';

/** The id of the scoring of a run that counts. */
export const countedScoring = (run: number | RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select scoringId from countedScoring where runId = ${run} order by id desc limit 1)`;
