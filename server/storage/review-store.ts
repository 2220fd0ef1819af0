import { type Selectable, sql } from 'kysely';
import type { ProjectId, ResultId, RunId } from '../domain/ids.ts';
import type { Review, Verdict } from '../domain/review.ts';
import type { Split } from '../domain/split.ts';
import type { Database } from './database.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export class ReviewStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(review: Omit<Review, 'createdAt'>): Promise<Review> {
    const createdAt = now();
    await this.#database
      .insertInto('review')
      .values({ ...review, createdAt })
      .execute();
    return { ...review, createdAt };
  }

  /** The newest review of each reviewed result of a run. */
  async ofRun(run: RunId): Promise<Map<ResultId, Review>> {
    const rows = await this.#database
      .selectFrom('review')
      .innerJoin('result', 'result.id', 'review.resultId')
      .where('result.runId', '=', run)
      .selectAll('review')
      .orderBy('review.id')
      .execute();
    return newestOf(rows);
  }

  /** The newest review of each of these results that has one. */
  async of(results: readonly ResultId[]): Promise<Map<ResultId, Review>> {
    if (results.length === 0) return new Map();
    const rows = await this.#database
      .selectFrom('review')
      .selectAll()
      .where('resultId', 'in', results)
      .orderBy('id')
      .execute();
    return newestOf(rows);
  }

  /** What people called the failures of a run, by side, most frequent first. */
  async failuresOf(run: RunId): Promise<Partial<Record<Split, { category: string; count: number }[]>>> {
    const { rows } = await sql<{ split: Split; category: string; count: number }>`
      select evalCase.split as split, review.category as category, count(*) as count
      from review join result on result.id = review.resultId join evalCase on evalCase.id = result.caseId
      where result.runId = ${run} and result.last = 1 and review.category <> ''
        and review.id = (select max(newest.id) from review as newest where newest.resultId = review.resultId)
      group by evalCase.split, review.category order by count desc, category`.execute(this.#database);
    const of = (side: Split) =>
      rows.filter(({ split }) => split === side).map(({ category, count }) => ({ category, count }));
    return Object.fromEntries(rows.map(({ split }) => [split, of(split)]));
  }

  /** Categories that a project's reviews use, with how many results each has now, most first. */
  async categories(project: ProjectId): Promise<{ category: string; count: number }[]> {
    const { rows } = await sql<{ category: string; count: number }>`
      select review.category as category, count(*) as count
      from review join result on result.id = review.resultId join run on run.id = result.runId
      where run.projectId = ${project} and review.category <> ''
        and review.id = (select max(newest.id) from review as newest where newest.resultId = review.resultId)
      group by review.category order by count desc, category`.execute(this.#database);
    return rows;
  }
}

/** In the order they were written, the last one of a result counts. */
const newestOf = (rows: readonly Selectable<Tables['review']>[]): Map<ResultId, Review> =>
  new Map(
    rows.map(({ id: _, changeId: __, ...row }) => {
      const resultId = row.resultId;
      return [resultId, { ...row, resultId, verdict: row.verdict as Verdict | null }];
    }),
  );
