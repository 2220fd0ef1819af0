import { type RawBuilder, sql } from 'kysely';
import type { ScoringId } from '../domain/ids.ts';

/** The id of the scoring of a run that counts. */
export const countedScoring = (run: number | RawBuilder<unknown>): RawBuilder<ScoringId> =>
  sql<ScoringId>`(select scoringId from countedScoring where runId = ${run} order by id desc limit 1)`;
