import { type SqlBool, sql } from 'kysely';
import type { Measured } from '../domain/breakdown.ts';
import type { FailureCode } from '../domain/completion.ts';
import { conflict, missing } from '../domain/errors.ts';
import type { CaseId, ResultId, RunId, ScoringId } from '../domain/ids.ts';
import type { ModelSpeed } from '../domain/model-facts.ts';
import type { PlanItem, Result } from '../domain/result.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { Outcome, ScoringFailure } from '../domain/scorer.ts';
import type { Split } from '../domain/split.ts';
import { caseContains } from './case-search.ts';
import { contains } from './contains.ts';
import { countResults, placeOfResult, type ResultCounts, resultAt } from './count-results.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { findResults, type ResultCriteria, type ResultSearch } from './find-results.ts';
import { measuredResults } from './measured-results.ts';
import { metricOutcomes } from './metric-outcomes.ts';
import { modelSpeeds } from './model-speed.ts';
import { now } from './now.ts';
import { findChoices, type ResultChoice } from './result-choices.ts';
import { type FinishedItem, type JudgedResult, judgedOf, judgementRow, resultOf, rowOf } from './result-row.ts';
import { rowStatement } from './row-statement.ts';

export type ResultFilter = {
  outcome?: Outcome | 'error' | 'not_passed';
  split?: Split;
  search?: string;
  /** Only these results. */
  ids?: readonly ResultId[];
};

/** An item of a run that has a result: the attempt that counts, what it came to, and why it is an error where it is one. */
export type StoredItem = PlanItem & {
  attempt: number;
  outcome: Outcome | 'error';
  failure: FailureCode | ScoringFailure | null;
};

export class ResultStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Stores results, judgements and cache entries in one transaction; an earlier attempt at the same item stays but no longer counts.
   * Throws `run_lost` when `owner` does not hold the run any more; then nothing was stored.
   */
  async add(run: RunId, owner: string, scoring: ScoringId, items: readonly FinishedItem[]): Promise<void> {
    if (items.length === 0) return;
    const createdAt = now();
    await this.#database.transaction().execute(async (transaction) => {
      await requireOwner(transaction, run, owner);
      for (const { attempt, result, judgement, cache } of items) {
        if (attempt > 1) await supersede(transaction, run, result);
        const [stored] = await insertResult(transaction, rowOf(run, result, attempt, createdAt));
        if (judgement !== null && stored !== undefined)
          await insertJudgement(transaction, { scoringId: scoring, resultId: stored.id, ...judgementRow(judgement) });
        if (cache !== null) await insertReply(transaction, { key: cache.key, response: cache.response, createdAt });
      }
    });
  }

  /** The items of a run that have a stored result, of these cases where some are named. */
  async storedItems(run: RunId, cases?: readonly CaseId[]): Promise<StoredItem[]> {
    const rows = await this.#database
      .selectFrom('result')
      .leftJoin('judgement', (join) =>
        join.onRef('judgement.resultId', '=', 'result.id').on('judgement.scoringId', '=', countedScoring(run)),
      )
      .select((select) => [
        'result.caseId',
        'result.repeat',
        'result.attempt',
        select.fn.coalesce('result.errorCode', 'judgement.errorCode').as('failure'),
        'judgement.outcome',
      ])
      .where('result.runId', '=', run)
      .where('result.last', '=', 1)
      .$if(cases !== undefined, (query) => query.where('result.caseId', 'in', cases ?? []))
      .execute();
    return rows.map((row) => ({
      caseId: row.caseId,
      repeat: row.repeat,
      attempt: row.attempt,
      failure: row.failure as StoredItem['failure'],
      outcome: (row.outcome ?? 'error') as StoredItem['outcome'],
    }));
  }

  /** How many results of a run are errors, by their reason. */
  async errorCounts(run: RunId): Promise<Partial<Record<FailureCode | ScoringFailure, number>>> {
    const { rows } = await sql<{ code: FailureCode | ScoringFailure; count: number }>`
      select coalesce(result.errorCode, judgement.errorCode) as code, count(*) as count from result
      left join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
      where result.runId = ${run} and result.last = 1 group by code having code is not null order by count desc`.execute(
      this.#database,
    );
    return Object.fromEntries(rows.map(({ code, count }) => [code, count]));
  }

  /** A page of a run's results, failures first; see `findResults`. */
  async find(run: RunId, search: ResultSearch): Promise<JudgedResult[]> {
    const ids = await findResults(this.#database, run, search);
    if (ids.length === 0) return [];
    const rows = await this.#judged(run).where('result.id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [judgedOf(row)];
    });
  }

  /** How many of a run's results match, by outcome. */
  count(run: RunId, criteria: ResultCriteria): Promise<ResultCounts> {
    return countResults(this.#database, run, criteria);
  }

  /** See `findChoices`. */
  choices(run: RunId, wanted: Parameters<typeof findChoices>[2]): Promise<ResultChoice[]> {
    return findChoices(this.#database, run, wanted);
  }

  /** See `resultAt`. */
  at(run: RunId, criteria: ResultCriteria, skip: number): Promise<ResultId | null> {
    return resultAt(this.#database, run, criteria, skip);
  }

  /** How many results come before this one where failures are first; null where it does not match. */
  placeOf(run: RunId, criteria: ResultCriteria, id: ResultId): Promise<number | null> {
    return placeOfResult(this.#database, run, criteria, id);
  }

  /** In the order they were stored. */
  async page(run: RunId, filter: ResultFilter = {}): Promise<JudgedResult[]> {
    const rows = await this.#judged(run)
      .$if(filter.outcome === 'error', (query) =>
        query.where((where) =>
          where.or([where('result.errorCode', 'is not', null), where('judgement.outcome', '=', 'error')]),
        ),
      )
      .$if(filter.outcome === 'not_passed', (query) =>
        query.where((where) =>
          where.or([where('judgement.outcome', 'is', null), where('judgement.outcome', '!=', 'passed')]),
        ),
      )
      .$if(filter.outcome === 'failed', (query) => query.where('judgement.outcome', 'in', ['failed', 'no_answer']))
      .$if(filter.outcome === 'passed' || filter.outcome === 'no_answer', (query) =>
        query.where('judgement.outcome', '=', filter.outcome ?? ''),
      )
      .$if(filter.split !== undefined, (query) => query.where('evalCase.split', '=', filter.split ?? ''))
      .$if(filter.search !== undefined && filter.search !== '', (query) =>
        query.where(
          sql<boolean>`(${caseContains(filter.search ?? '')} or ${contains(sql`coalesce(result.output, result.errorMessage)`, filter.search ?? '')})`,
        ),
      )
      .$if(filter.ids !== undefined, (query) => query.where('result.id', 'in', filter.ids ?? []))
      .orderBy('result.id')
      .execute();
    return rows.map(judgedOf);
  }

  /** The replies of a run after one of its results, in the order they were stored. */
  async repliesAfter(run: RunId, after: ResultId | 0, limit: number): Promise<JudgedResult[]> {
    const rows = await this.#judged(run)
      .where(sql<SqlBool>`result.id > ${after}`)
      .where('result.errorCode', 'is', null)
      .orderBy('result.id')
      .limit(limit)
      .execute();
    return rows.map(judgedOf);
  }

  /** How many replies count of a run. */
  async replyCount(run: RunId): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from result where runId = ${run} and last = 1 and errorCode is null`.execute(
      this.#database,
    );
    return rows[0]?.count ?? 0;
  }

  /** What there is to measure of each result of a run, by case, in slices. */
  measured(run: RunId): AsyncGenerator<readonly Measured[]> {
    return measuredResults(this.#database, run);
  }

  /** By scorer and case key what each repeat came to; with `asTyped` without cases that a scorer of their own judged in its place. */
  metricOutcomes(run: RunId, split: SplitChoice, asTyped = false): ReturnType<typeof metricOutcomes> {
    return metricOutcomes(this.#database, run, split, asTyped);
  }

  /** Throws `result_missing`. */
  async get(id: ResultId): Promise<JudgedResult> {
    const at = await this.#database.selectFrom('result').select('runId').where('id', '=', id).executeTakeFirst();
    const row =
      at && (await this.#judged(at.runId, { everyAttempt: true }).where('result.id', '=', id).executeTakeFirst());
    if (row === undefined) throw missing('result_missing', `There is no result ${id}.`);
    return judgedOf(row);
  }

  /** Every attempt at one item, oldest first. */
  async attempts(run: RunId, item: PlanItem): Promise<Result[]> {
    const rows = await this.#database
      .selectFrom('result')
      .selectAll()
      .where('runId', '=', run)
      .where('caseId', '=', item.caseId)
      .where('repeat', '=', item.repeat)
      .orderBy('attempt')
      .execute();
    return rows.map(resultOf);
  }

  /** Keeps a reply for an equal call, in place of one that was of no use. */
  async keepReply(reply: { key: string; response: string }): Promise<void> {
    await this.#database
      .insertInto('responseCache')
      .values({ ...reply, createdAt: now() })
      .onConflict((on) => on.column('key').doUpdateSet({ response: reply.response, createdAt: now() }))
      .execute();
  }

  /** The replies that were kept for these cache keys. */
  async cached(keys: readonly string[]): Promise<Map<string, string>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#database
      .selectFrom('responseCache')
      .select(['key', 'response'])
      .where('key', 'in', keys)
      .execute();
    return new Map(rows.map((row) => [row.key, row.response]));
  }

  /** So that newer ones can take their place. */
  async forgetReplies(keys: readonly string[]): Promise<void> {
    await this.#database.deleteFrom('responseCache').where('key', 'in', keys).execute();
  }

  /** How fast each model that ever ran answers, by its newest calls over all projects. */
  speeds(): Promise<Map<string, ModelSpeed>> {
    return modelSpeeds(this.#database);
  }

  #judged(run: RunId, { everyAttempt = false } = {}) {
    return this.#database
      .selectFrom('result')
      .innerJoin('evalCase', 'evalCase.id', 'result.caseId')
      .leftJoin('judgement', (join) =>
        join.onRef('judgement.resultId', '=', 'result.id').on('judgement.scoringId', '=', countedScoring(run)),
      )
      .selectAll('result')
      .select([
        'evalCase.key',
        'evalCase.variables',
        'evalCase.expected',
        'evalCase.tags',
        'evalCase.split',
        'evalCase.scorers as caseScorers',
        'judgement.outcome',
        'judgement.value',
        'judgement.scores',
      ])
      .where('result.runId', '=', run)
      .$if(!everyAttempt, (query) => query.where('result.last', '=', 1));
  }
}

const insertResult = rowStatement((database, row: ReturnType<typeof rowOf>) =>
  database.insertInto('result').values(row).returning('id'),
);
const insertJudgement = rowStatement(
  (database, row: ReturnType<typeof judgementRow> & { scoringId: ScoringId; resultId: ResultId }) =>
    database.insertInto('judgement').values(row),
);
const insertReply = rowStatement((database, row: { key: string; response: string; createdAt: string }) =>
  database
    .insertInto('responseCache')
    .values(row)
    .onConflict((on) => on.doNothing()),
);
const ownerOf = rowStatement((database, { run }: { run: RunId }) =>
  database.selectFrom('run').select('owner').where('id', '=', run),
);

async function requireOwner(transaction: Database, run: RunId, owner: string): Promise<void> {
  const [row] = await ownerOf(transaction, { run });
  if (row?.owner !== owner) throw conflict('run_lost', `Run ${run} is executed by another process now.`);
}

async function supersede(transaction: Database, run: RunId, item: PlanItem): Promise<void> {
  await transaction
    .updateTable('result')
    .set({ last: 0 })
    .where('runId', '=', run)
    .where('caseId', '=', item.caseId)
    .where('repeat', '=', item.repeat)
    .where('last', '=', 1)
    .execute();
}
