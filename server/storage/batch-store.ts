import { type Selectable, sql } from 'kysely';
import type { Batch, BatchStatus } from '../domain/batch.ts';
import type { BatchId, CaseId, RunId } from '../domain/ids.ts';
import type { PlanItem } from '../domain/result.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import { ownerIsAlive } from './run-owner.ts';
import type { Tables } from './schema.ts';

/** An item that a batch asks for, and the number that its result will have. */
export type BatchItem = PlanItem & { attempt: number };
/** What is told of a batch by its provider. */
export type BatchState = Pick<Batch, 'status' | 'completed' | 'failed' | 'expiresAt' | 'reason'>;

/** Rows a statement: SQLite takes so many values at once. */
const rowsAtOnce = 5000;

/** The batches of runs: which items each asks for while it is under way, and what its provider says of it. */
export class BatchStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes a batch down before it is sent, so that no crash can lose it. */
  async add(
    run: RunId,
    { items, ...batch }: Pick<Batch, 'round' | 'marker' | 'estimatedUsd' | 'leftOut'> & { items: readonly BatchItem[] },
  ): Promise<Batch> {
    return this.#database.transaction().execute(async (transaction) => {
      const row = await transaction
        .insertInto('batch')
        .values({
          ...batch,
          runId: run,
          number: sql<number>`(select coalesce(max(number), 0) + 1 from batch where runId = ${run})`,
          status: 'submitting' satisfies BatchStatus,
          requests: items.length,
          completed: 0,
          failed: 0,
          leftOut: toJson(batch.leftOut),
          reason: '',
          createdAt: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      for (let start = 0; start < items.length; start += rowsAtOnce) {
        const values = items.slice(start, start + rowsAtOnce).map((item) => ({ batchId: row.id, ...item }));
        await transaction.insertInto('batchItem').values(values).execute();
      }
      return batchOf(row);
    });
  }

  /** The provider has it. */
  async submitted(id: BatchId, providerId: string, state: BatchState): Promise<void> {
    await this.#database
      .updateTable('batch')
      .set({ providerId, ...state })
      .where('id', '=', id)
      .execute();
  }

  async update(id: BatchId, state: BatchState): Promise<void> {
    await this.#database.updateTable('batch').set(state).where('id', '=', id).execute();
  }

  /** Its items are asked for again: it never came to the provider. */
  async drop(id: BatchId): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('batchItem').where('batchId', '=', id).execute();
      await transaction.deleteFrom('batch').where('id', '=', id).execute();
    });
  }

  /** All that it brought is stored. */
  async settle(id: BatchId): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('batchItem').where('batchId', '=', id).execute();
      await transaction.updateTable('batch').set({ settledAt: now() }).where('id', '=', id).execute();
    });
  }

  /** Writes down where the run goes once its batches are cancelled, so that a process that takes over does it too. */
  async end(run: RunId, ending: NonNullable<Batch['ending']>): Promise<void> {
    await this.#database
      .updateTable('batch')
      .set({ ending })
      .where('runId', '=', run)
      .where('settledAt', 'is', null)
      .execute();
  }

  /** In the order they were sent. */
  async list(run: RunId): Promise<Batch[]> {
    const rows = await this.#database.selectFrom('batch').selectAll().where('runId', '=', run).orderBy('id').execute();
    return rows.map(batchOf);
  }

  /** Those whose answers are not all stored. */
  async open(run: RunId): Promise<Batch[]> {
    return (await this.list(run)).filter(({ settledAt }) => settledAt === null);
  }

  /** Of these cases of a run, the items that a batch under way asks for. */
  async itemsUnderWay(run: RunId, cases: readonly CaseId[]): Promise<PlanItem[]> {
    return this.#database
      .selectFrom('batchItem')
      .innerJoin('batch', 'batch.id', 'batchItem.batchId')
      .select(['batchItem.caseId', 'batchItem.repeat'])
      .where('batch.runId', '=', run)
      .where('batchItem.caseId', 'in', cases)
      .execute();
  }

  /** The items of a batch that have no result of it yet, of these cases where some are named. */
  async unanswered(
    { id, runId }: Pick<Batch, 'id' | 'runId'>,
    { cases, limit }: { cases?: readonly CaseId[]; limit?: number } = {},
  ): Promise<BatchItem[]> {
    const named = cases === undefined ? sql`true` : sql`caseId in (select value from json_each(${toJson(cases)}))`;
    const { rows } = await sql<BatchItem>`
      select caseId, repeat, attempt from batchItem where batchId = ${id} and ${named} and not exists (
        select 1 from result where result.runId = ${runId} and result.caseId = batchItem.caseId and result.repeat = batchItem.repeat
          and result.attempt >= batchItem.attempt)
      limit ${limit ?? -1}`.execute(this.#database);
    return rows;
  }

  async countUnanswered({ id, runId }: Pick<Batch, 'id' | 'runId'>): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from batchItem where batchId = ${id} and not exists (
        select 1 from result where result.runId = ${runId} and result.caseId = batchItem.caseId and result.repeat = batchItem.repeat
          and result.attempt >= batchItem.attempt)`.execute(this.#database);
    return rows[0]?.count ?? 0;
  }

  /** Runs in batches that go on at their provider while no process follows them. */
  async unfollowedRuns(): Promise<RunId[]> {
    const rows = await this.#database
      .selectFrom('run')
      .select(['id', 'owner', 'leaseUntil'])
      .where('status', '=', 'running')
      .where(sql`settings ->> '$.mode'`, '=', 'batch')
      .execute();
    return rows
      .filter(({ owner, leaseUntil }) => owner === null || (leaseUntil ?? 0) < Date.now() || !ownerIsAlive(owner))
      .map(({ id }) => id);
  }
}

const batchOf = (row: Selectable<Tables['batch']>): Batch => ({
  ...row,
  status: row.status as BatchStatus,
  leftOut: fromJson<string[]>(row.leftOut),
  ending: row.ending as Batch['ending'],
});
