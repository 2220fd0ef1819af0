import { type SqlBool, sql, type Transaction } from 'kysely';
import type { CategoryChange, CategoryChangeContent } from '../domain/category-change.ts';
import { conflict, missing } from '../domain/errors.ts';
import type { CategoryChangeId, ProjectId, ResultId, RunId } from '../domain/ids.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

/** How many cases failed for one reason, empty for those without one; with repeats a case counts once, and in each of its categories. */
export type CategoryCount = { category: string; cases: number; results: number };

/**
 * Failure categories of many results at once. They are what reviews say: a change adds a review to each result that it concerns, with the note and verdict that
 * were there, and undoing it adds the earlier one once more. So no review is rewritten, and all that reads reviews sees the category of today.
 */
export class CategoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reasons of a run's failures by the newest scoring, most cases first, and how many cases failed at all. */
  async ofRun(run: RunId): Promise<{ cases: number; categories: CategoryCount[] }> {
    const failures = failuresOf(run);
    const { rows: categories } = await sql<CategoryCount>`
      select coalesce(review.category, '') as category, count(distinct result.caseId) as cases, count(*) as results ${failures}
      group by 1 order by cases desc, category`.execute(this.#database);
    const { rows } = await sql<{ cases: number }>`select count(distinct result.caseId) as cases ${failures}`.execute(
      this.#database,
    );
    return { cases: rows[0]?.cases ?? 0, categories };
  }

  /** The categories that each failing case of a run has, by the cases' ids. */
  async byCase(run: RunId): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ key: string; category: string }>`
      select distinct evalCase.key as key, coalesce(failure.category, '') as category
      from (select result.caseId, review.category ${failuresOf(run)}) as failure
      join evalCase on evalCase.id = failure.caseId order by key, category`.execute(this.#database);
    const categories = new Map<string, string[]>();
    for (const { key, category } of rows) categories.set(key, [...(categories.get(key) ?? []), category]);
    return categories;
  }

  /** Failures of a run that have no category yet. */
  async unsorted(run: RunId): Promise<ResultId[]> {
    const { rows } = await sql<{
      id: ResultId;
    }>`select result.id ${failuresOf(run)} and coalesce(review.category, '') = '' order by result.id`.execute(
      this.#database,
    );
    return rows.map(({ id }) => id);
  }

  /** Failures of a run that have this category, or any where none is named. */
  async sorted(run: RunId, { category }: { category?: string } = {}): Promise<ResultId[]> {
    const is = category === undefined ? sql`<> ''` : sql`= ${category}`;
    const { rows } = await sql<{
      id: ResultId;
    }>`select result.id ${failuresOf(run)} and review.category ${is} order by result.id`.execute(this.#database);
    return rows.map(({ id }) => id);
  }

  /** Gives all results of a project that have one of these categories another. Null where there is none. */
  rename(
    project: ProjectId,
    { from, to }: { from: readonly string[]; to: string },
    author: string,
  ): Promise<CategoryChange | null> {
    return this.#change(project, { type: 'renamed', from, to }, author, async (transaction, change, createdAt) => {
      const { numAffectedRows } = await sql`
        insert into review (resultId, category, note, verdict, author, createdAt, changeId)
        select review.resultId, ${to}, review.note, review.verdict, review.author, ${createdAt}, ${change}
        from review join result on result.id = review.resultId join run on run.id = result.runId
        where run.projectId = ${project} and review.category in (select value from json_each(${toJson([...from])})) and review.category <> ${to}
          and review.id = (select max(newest.id) from review as newest where newest.resultId = review.resultId)`.execute(
        transaction,
      );
      return Number(numAffectedRows ?? 0);
    });
  }

  /** Gives each of these results its category, as a person says. Results that are not of the run, or have the category, are passed over; null where all are. */
  sort(
    { project, run }: { project: ProjectId; run: RunId },
    groups: readonly { category: string; results: readonly ResultId[] }[],
    author: string,
  ): Promise<CategoryChange | null> {
    const categories = groups.map(({ category, results }) => ({ category, results: results.length }));
    return this.#change(project, { type: 'sorted', categories }, author, async (transaction, change, createdAt) => {
      let written = 0;
      for (const { category, results } of groups) {
        const { numAffectedRows } = await sql`
          insert into review (resultId, category, note, verdict, author, createdAt, changeId)
          select result.id, ${category}, coalesce(review.note, ''), review.verdict, ${author}, ${createdAt}, ${change}
          from result left join review on review.id = (select max(newest.id) from review as newest where newest.resultId = result.id)
          where result.id in (select value from json_each(${toJson([...results])})) and result.runId = ${run}
            and coalesce(review.category, '') <> ${category}`.execute(transaction);
        written += Number(numAffectedRows ?? 0);
      }
      return written;
    });
  }

  /** Brings back what a change replaced, where nobody reviewed a result since. Throws `category_change_missing`, `category_change_undone`. */
  async undo(project: ProjectId, id: number, author: string): Promise<number> {
    return this.#database.transaction().execute(async (transaction) => {
      const at = now();
      const undone = await transaction
        .updateTable('categoryChange')
        .set({ undoneBy: author, undoneAt: at })
        .where(sql<SqlBool>`id = ${id}`)
        .where('projectId', '=', project)
        .where('undoneAt', 'is', null)
        .executeTakeFirst();
      if (undone.numUpdatedRows === 0n) return refuseUndo(transaction, project, id);
      // A result has one review by a change, and further ones where a later change was undone: what was there before is before the first of them.
      const { numAffectedRows } = await sql`
        insert into review (resultId, category, note, verdict, author, createdAt, changeId)
        select newest.resultId, coalesce(earlier.category, ''), newest.note, newest.verdict, coalesce(earlier.author, newest.author), ${at}, earlier.changeId
        from review as newest
        left join review as earlier on earlier.id = (select max(one.id) from review as one where one.resultId = newest.resultId
          and one.id < (select min(first.id) from review as first where first.resultId = newest.resultId and first.changeId = ${id}))
        where newest.changeId = ${id}
          and newest.id = (select max(last.id) from review as last where last.resultId = newest.resultId)`.execute(
        transaction,
      );
      return Number(numAffectedRows ?? 0);
    });
  }

  /** Newest first. */
  async changes(project: ProjectId, limit: number): Promise<CategoryChange[]> {
    const { rows } = await sql<ChangeRow>`${CHANGES} where categoryChange.projectId = ${project}
      order by categoryChange.id desc limit ${limit}`.execute(this.#database);
    return rows.map(changeOf);
  }

  #change(
    projectId: ProjectId,
    content: CategoryChangeContent,
    author: string,
    write: (transaction: Transaction<Tables>, change: number, createdAt: string) => Promise<number>,
  ): Promise<CategoryChange | null> {
    return this.#database.transaction().execute(async (transaction) => {
      const createdAt = now();
      const { id } = await transaction
        .insertInto('categoryChange')
        .values({ projectId, content: toJson(content), author, createdAt, undoneBy: null, undoneAt: null })
        .returning('id')
        .executeTakeFirstOrThrow();
      if ((await write(transaction, id, createdAt)) === 0) {
        await transaction.deleteFrom('categoryChange').where(sql<SqlBool>`id = ${id}`).execute();
        return null;
      }
      const { rows } = await sql<ChangeRow>`${CHANGES} where categoryChange.id = ${id}`.execute(transaction);
      return rows[0] === undefined ? null : changeOf(rows[0]);
    });
  }
}

/** Failures of a run by its newest scoring, each with the review that counts. */
const failuresOf = (run: RunId) => sql`from judgement cross join result on result.id = judgement.resultId
  left join review on review.id = (select max(newest.id) from review as newest where newest.resultId = result.id)
  where judgement.scoringId = ${countedScoring(run)}
    and judgement.outcome in ('failed', 'no_answer') and result.last = 1`;

async function refuseUndo(transaction: Transaction<Tables>, project: ProjectId, id: number): Promise<never> {
  const known = await transaction
    .selectFrom('categoryChange')
    .select('undoneBy')
    .where(sql<SqlBool>`id = ${id}`)
    .where('projectId', '=', project)
    .executeTakeFirst();
  if (known === undefined) throw missing('category_change_missing', `This project has no change of categories ${id}.`);
  throw conflict('category_change_undone', 'This change was undone already. Reload the page to see what stands.');
}

type ChangeRow = {
  id: CategoryChangeId;
  content: string;
  author: string;
  createdAt: string;
  undoneBy: string | null;
  undoneAt: string | null;
  standing: number;
};

const CHANGES = sql`select categoryChange.*, (select count(*) from review where review.changeId = categoryChange.id
    and categoryChange.undoneAt is null
    and review.id = (select max(newest.id) from review as newest where newest.resultId = review.resultId)) as standing
  from categoryChange`;

const changeOf = ({ id, content, undoneBy, undoneAt, ...row }: ChangeRow): CategoryChange => ({
  id,
  content: fromJson<CategoryChangeContent>(content),
  author: row.author,
  createdAt: row.createdAt,
  undone: undoneAt === null ? null : { author: undoneBy ?? '', at: undoneAt },
  standing: row.standing,
});
