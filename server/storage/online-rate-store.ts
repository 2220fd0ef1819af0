import { type RawBuilder, sql } from 'kysely';
import type { OnlineScoringId, ProjectId, ReleaseId } from '../domain/ids.ts';
import type { OutcomeCounts } from '../domain/rate-summary.ts';
import type { ScorerSpec } from '../domain/scorer.ts';
import { formatScorerSpec } from '../domain/scorer-spec.ts';
import type { Database } from './database.ts';
import { fromJson } from './json-column.ts';

/** Whose scores count: a generation, which takes those with the same scorers along, and perhaps one scorer of it alone, as it is typed. */
export type Measure = { scoring: OnlineScoringId; scorer?: string };
/** Outcomes of one release in one slice of time, which starts at `start`, ms. */
export type RateSlice = OutcomeCounts & { start: number; releaseId: ReleaseId | null };
type ReleaseCounts = OutcomeCounts & { releaseId: ReleaseId | null };

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
    const slice = sql`cast(unixepoch(observation.createdAt, 'subsec') * 1000 / ${sliceMs} as integer)`;
    const rows = await this.#counted<OutcomeCounts & { slice: number; releaseId: ReleaseId | null }>(
      project,
      since,
      measure,
      sql`${slice} as slice, releaseId`,
      sql`slice, releaseId`,
    );
    return rows.map(({ slice: at, ...row }) => ({ ...row, start: at * sliceMs }));
  }

  /** The same by release alone. */
  byRelease(project: ProjectId, since: string, measure: Measure): Promise<ReleaseCounts[]> {
    return this.#counted<ReleaseCounts>(project, since, measure, sql`releaseId`, sql`releaseId`);
  }

  /** What the calls of a release since an instant reported beside their answers. */
  async reported(release: ReleaseId, since: string): Promise<ReportedFigures> {
    const { rows } = await sql<ReportedFigures>`
      with calls as (select feedback, latencyMs, costUsd from observation where releaseId = ${release} and createdAt >= ${since}),
        timed as (select latencyMs, row_number() over (order by latencyMs) as place, count(*) over () as n from calls where latencyMs is not null)
      select count(*) as calls, coalesce(sum(feedback = 'up'), 0) as up, coalesce(sum(feedback = 'down'), 0) as down,
        coalesce(sum(costUsd), 0) as costUsd, count(costUsd) as priced, count(latencyMs) as timed,
        (select latencyMs from timed where place = (n * 95 + 99) / 100) as latencyP95Ms
      from calls`.execute(this.#database);
    return rows[0] ?? { calls: 0, up: 0, down: 0, costUsd: 0, priced: 0, latencyP95Ms: null, timed: 0 };
  }

  async #counted<Row>(
    project: ProjectId,
    since: string,
    { scoring, scorer }: Measure,
    what: RawBuilder<unknown>,
    groups: RawBuilder<unknown>,
  ): Promise<Row[]> {
    const generations = await this.#likeIt(scoring);
    const typed = generations[0]?.scorers.map(formatScorerSpec) ?? [];
    const place = scorer === undefined ? null : typed.indexOf(scorer) + 1;
    if (generations.length === 0 || place === 0) return [];
    const { rows } = await sql<Row>`
      select ${what}, ${place === null ? asWhole : byOne(place)}
      from observation cross join observationScore on observationScore.observationId = observation.id
      where observation.projectId = ${project} and observation.createdAt >= ${since}
        and ${isNewestOf(generations.map(({ id }) => id))}
      group by ${groups} order by ${groups}`.execute(this.#database);
    return rows;
  }

  /** Generations of the same prompt with the same scorers measure the same, whatever share they drew. */
  async #likeIt(scoring: OnlineScoringId): Promise<{ id: number; scorers: ScorerSpec[] }[]> {
    const { rows } = await sql<{ id: number; scorers: string }>`
      select alike.id, alike.scorers from onlineScoring as measure
      join onlineScoring as alike on alike.promptId = measure.promptId and alike.scorers = measure.scorers
      where measure.id = ${scoring}`.execute(this.#database);
    return rows.map(({ id, scorers }) => ({ id, scorers: fromJson<ScorerSpec[]>(scorers) }));
  }
}

/** Where there are several generations, one call may have been scored by more than one. */
function isNewestOf(generations: readonly number[]): RawBuilder<unknown> {
  const ids = sql.join(generations.map((id) => sql.lit(id)));
  if (generations.length === 1) return sql`observationScore.scoringId = ${ids}`;
  return sql`observationScore.scoringId = (select max(other.scoringId) from observationScore as other
    where other.observationId = observation.id and other.scoringId in (${ids}))`;
}

const asWhole = sql`sum(outcome = 'passed') as passed, sum(outcome in ('failed', 'no_answer')) as failed,
  sum(outcome = 'no_answer') as noAnswer, sum(outcome = 'error') as errors`;

/** The scorer in this place, from 1. */
function byOne(place: number): RawBuilder<unknown> {
  const said = sql`substr(byScorer, ${sql.lit(place)}, 1)`;
  return sql`sum(${said} = 'p') as passed, sum(${said} in ('f', 'n')) as failed,
    sum(${said} = 'n') as noAnswer, sum(${said} = 'e') as errors`;
}
