import { sql } from 'kysely';
import type { EvalSetId, PromptId, RunId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Database } from './database.ts';
import { toJson } from './json-column.ts';
import { now } from './now.ts';
import { IS_LOOK, RUNS } from './run-look.ts';

/** Rows that are removed at a time, so that a long run never holds up the process. */
const CHUNK = 4_000;

/** What goes with a run, besides its results. */
export type GoesWithRun = {
  results: number;
  reviews: number;
  /** At it and at its results. */
  comments: number;
  /** Cases that came from production and were answered in it; they stay in their set. */
  productionCases: number;
};

/** What people do with runs once they are there: tag, note, archive, delete. */
export class KeptRunStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async change(id: RunId, change: { note?: string; tags?: readonly string[]; archived?: boolean }): Promise<void> {
    const { note, tags, archived } = change;
    if (note === undefined && tags === undefined && archived === undefined) return;
    await this.#database
      .updateTable('run')
      .set({
        ...(note === undefined ? {} : { note }),
        ...(tags === undefined ? {} : { tags: toJson([...new Set(tags)].sort()) }),
        ...(archived === undefined ? {} : { archivedAt: archived ? now() : null }),
      })
      .where('id', '=', id)
      .execute();
  }

  async goesWith(id: RunId): Promise<GoesWithRun> {
    const { rows } = await sql<GoesWithRun>`select
      (select count(*) from result where runId = ${id}) as results,
      (select count(*) from review join result on result.id = review.resultId where result.runId = ${id}) as reviews,
      (select count(*) from comment where runId = ${id}) as comments,
      (select count(distinct caseId) from observation where caseId in (select caseId from result where runId = ${id})) as productionCases`.execute(
      this.#database,
    );
    return rows[0] ?? { results: 0, reviews: 0, comments: 0, productionCases: 0 };
  }

  /** Removes a run that nobody executes with everything that belongs to it, at once or not at all, and writes down that it was there. Says whether it did. */
  async delete(id: RunId, about: JsonObject, author: string): Promise<boolean> {
    return this.#database.transaction().execute(async (transaction) => {
      const run = await transaction
        .selectFrom('run')
        .select('projectId')
        .where('id', '=', id)
        .where((where) => where.or([where('owner', 'is', null), where('leaseUntil', '<', Date.now())]))
        .executeTakeFirst();
      if (run === undefined) return false;
      const { rows: looks } = await sql<{ promptId: PromptId; evalSetId: EvalSetId }>`
        select promptVersion.promptId, evalSetVersion.evalSetId from ${RUNS} where run.id = ${id} and ${IS_LOOK}`.execute(
        transaction,
      );
      const deleted = { id, projectId: run.projectId, about: toJson(about), author, createdAt: now(), ...looks[0] };
      await transaction.insertInto('deletedRun').values(deleted).execute();
      for (const chunk of [
        sql`delete from comment where runId = ${id}`,
        sql`delete from judgeLabel where id in (select judgeLabel.id from judgeLabel join result on result.id = judgeLabel.resultId where result.runId = ${id} limit ${CHUNK})`,
        sql`delete from review where id in (select review.id from review join result on result.id = review.resultId where result.runId = ${id} limit ${CHUNK})`,
        sql`delete from judgement where (scoringId, resultId) in
          (select scoringId, resultId from judgement where scoringId in (select id from scoring where runId = ${id}) limit ${CHUNK})`,
        sql`delete from result where id in (select id from result where runId = ${id} limit ${CHUNK})`,
        sql`delete from scoringJob where runId = ${id}`,
        sql`delete from countedScoring where runId = ${id}`,
        sql`delete from scoring where runId = ${id}`,
        sql`delete from batchItem where batchId in (select id from batch where runId = ${id})`,
        sql`delete from batch where runId = ${id}`,
        sql`delete from runEvent where runId = ${id}`,
        sql`delete from run where id = ${id}`,
      ]) {
        while (((await chunk.execute(transaction)).numAffectedRows ?? 0n) > 0n);
      }
      return true;
    });
  }
}
