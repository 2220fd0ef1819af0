import { sql } from 'kysely';
import type { OnlineScoringId, ProjectId, ReleaseId } from '../domain/ids.ts';
import type { OutcomeCounts } from '../domain/rate-summary.ts';
import type { Database } from './database.ts';

/** Whose scores count: a generation, which takes those with the same scorers along, and perhaps one scorer of it alone. */
export type Measure = { scoring: OnlineScoringId; scorer?: string };
/** Outcomes of one release in one slice of time, which starts at `start`, ms. */
export type RateSlice = OutcomeCounts & { start: number; releaseId: ReleaseId };

/** What the calls of a release reported; sums and percentiles are over those that reported them. */
export type ReportedFigures = {
  calls: number;
  up: number;
  down: number;
  costUsd: number;
  priced: number;
  /** By nearest rank. */
  latencyP95Ms: number | null;
  timed: number;
};

/** What the scores of production's answers come to. */
export class OnlineRateStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Outcomes since an instant by release and slice of `sliceMs`, oldest first. An observation counts once, by the newest generation of the measure. */
  async slices(project: ProjectId, since: string, sliceMs: number, measure: Measure): Promise<RateSlice[]> {
    const { rows } = await sql<Omit<RateSlice, 'start'> & { slice: number }>`
      select cast(unixepoch(observation.createdAt, 'subsec') * 1000 / ${sliceMs} as integer) as slice, releaseId, ${counts(measure)}
      ${scored(measure)}
      where observation.projectId = ${project} and observation.createdAt >= ${since} and ${isNewest(measure.scoring)}
      group by slice, releaseId order by slice, releaseId`.execute(this.#database);
    return rows.map(({ slice, ...row }) => ({ ...row, start: slice * sliceMs }));
  }

  /** The same by release alone. */
  async byRelease(project: ProjectId, since: string, measure: Measure): Promise<Omit<RateSlice, 'start'>[]> {
    const { rows } = await sql<Omit<RateSlice, 'start'>>`
      select releaseId, ${counts(measure)}
      ${scored(measure)}
      where observation.projectId = ${project} and observation.createdAt >= ${since} and ${isNewest(measure.scoring)}
      group by releaseId order by releaseId`.execute(this.#database);
    return rows;
  }

  /** What the calls of a release since an instant reported beside their answers. */
  async reported(release: ReleaseId, since: string): Promise<ReportedFigures> {
    const { rows } = await sql<ReportedFigures>`
      with calls as (select * from observation where releaseId = ${release} and createdAt >= ${since}),
        timed as (select latencyMs, row_number() over (order by latencyMs) as place, count(*) over () as n from calls where latencyMs is not null)
      select count(*) as calls, coalesce(sum(feedback = 'up'), 0) as up, coalesce(sum(feedback = 'down'), 0) as down,
        coalesce(sum(costUsd), 0) as costUsd, count(costUsd) as priced, count(latencyMs) as timed,
        (select latencyMs from timed where place = (n * 95 + 99) / 100) as latencyP95Ms
      from calls`.execute(this.#database);
    return rows[0] ?? { calls: 0, up: 0, down: 0, costUsd: 0, priced: 0, latencyP95Ms: null, timed: 0 };
  }
}

/** Generations of the same prompt with the same scorers measure the same, whatever share they drew. */
const likeIt = (scoring: OnlineScoringId) => sql`
  select alike.id from onlineScoring as measure join onlineScoring as alike on alike.promptId = measure.promptId and alike.scorers = measure.scorers
  where measure.id = ${scoring}`;

/** The scores of an observation, each scorer by itself where one is asked for. */
const scored = ({ scorer }: Measure) => sql`
  from observation cross join observationScore on observationScore.observationId = observation.id
  ${scorer === undefined ? sql`` : sql`cross join json_each(observationScore.scores) as score on score.value ->> '$.scorer' = ${scorer}`}`;

const isNewest = (scoring: OnlineScoringId) => sql`
  observationScore.scoringId = (select max(other.scoringId) from observationScore as other
    where other.observationId = observation.id and other.scoringId in (${likeIt(scoring)}))`;

const counts = ({ scorer }: Measure) =>
  scorer === undefined
    ? sql`sum(outcome = 'passed') as passed, sum(outcome in ('failed', 'no_answer')) as failed,
        sum(outcome = 'no_answer') as noAnswer, sum(outcome = 'error') as errors`
    : sql`sum(score.value ->> '$.failure' is null and score.value ->> '$.passed') as passed,
        sum(score.value ->> '$.failure' is null and not score.value ->> '$.passed') as failed,
        sum(score.value ->> '$.failure' is null and score.value ->> '$.value' is null) as noAnswer,
        sum(score.value ->> '$.failure' is not null) as errors`;
