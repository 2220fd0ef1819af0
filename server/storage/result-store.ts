import { type Selectable, sql } from 'kysely';
import type { FailureCode, FinishReason } from '../domain/completion.ts';
import { conflict, missing } from '../domain/errors.ts';
import type { CaseId, ResultId, RunId, ScoringId } from '../domain/ids.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { Judgement, PlanItem, Result } from '../domain/result.ts';
import type { NamedScore, Outcome, ScorerSpec } from '../domain/scorer.ts';
import type { Split } from '../domain/split.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

/** A finished item: what came back, how it was judged (nothing where it is an error) and, where a model answered, the reply to keep in the cache. */
export type FinishedItem = {
  /** 1 for the first; a higher one supersedes the one before it. */
  attempt: number;
  result: Pick<Result, 'caseId' | 'repeat' | 'latencyMs' | 'calls'> &
    ({ type: 'reply'; reply: ReplyOf } | { type: 'error'; failure: FailureOf });
  judgement: Judgement | null;
  cache: { key: string; response: string } | null;
};
type ReplyOf = Extract<Result, { type: 'reply' }>['reply'];
type FailureOf = Extract<Result, { type: 'error' }>['failure'];

/** A result with its case and its judgement by the run's newest scoring. */
export type JudgedResult = {
  result: Result;
  case: { key: string; variables: JsonObject; expected: JsonValue; tags: readonly string[]; split: Split };
  judgement: Judgement | null;
};
export type ResultFilter = {
  outcome?: Outcome | 'error' | 'not_passed';
  split?: Split;
  search?: string;
  /** Only these results. */
  ids?: readonly ResultId[];
  /** The last result seen, in the order of the list. */
  after?: ResultId;
  limit?: number;
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
      for (const item of items) if (item.attempt > 1) await supersede(transaction, run, item.result);
      const rows = await transaction
        .insertInto('result')
        .values(items.map((item) => rowOf(run, item.result, item.attempt, createdAt)))
        .returning(['id', 'caseId', 'repeat'])
        .execute();
      const ids = new Map(rows.map((row) => [itemKey(row), row.id]));
      const judgements = items.flatMap(({ result, judgement }) => {
        const resultId = ids.get(itemKey(result));
        if (judgement === null || resultId === undefined) return [];
        return [{ scoringId: scoring, resultId, ...judgement, scores: toJson(judgement.scores) }];
      });
      if (judgements.length > 0) await transaction.insertInto('judgement').values(judgements).execute();
      const cached = items.flatMap((item) => (item.cache === null ? [] : [{ ...item.cache, createdAt }]));
      if (cached.length > 0) {
        await transaction
          .insertInto('responseCache')
          .values(cached)
          .onConflict((on) => on.doNothing())
          .execute();
      }
    });
  }

  /** The items of a run that have a stored result: its attempt that counts, and why it is an error where it is one. */
  async storedItems(run: RunId): Promise<(PlanItem & { attempt: number; failure: FailureCode | null })[]> {
    const rows = await this.#database
      .selectFrom('result')
      .select(['caseId', 'repeat', 'attempt', 'errorCode'])
      .where('runId', '=', run)
      .where('last', '=', 1)
      .execute();
    return rows.map((row) => ({
      caseId: row.caseId as CaseId,
      repeat: row.repeat,
      attempt: row.attempt,
      failure: row.errorCode as FailureCode | null,
    }));
  }

  /** In the order they were stored. */
  async page(run: RunId, filter: ResultFilter = {}): Promise<JudgedResult[]> {
    const rows = await this.#judged(run)
      .$if(filter.outcome === 'error', (query) => query.where('result.errorCode', 'is not', null))
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
          sql<boolean>`instr(lower(evalCase.key || ' ' || evalCase.variables || ' ' || evalCase.expected || ' ' || coalesce(result.output, result.errorMessage, '')), lower(${filter.search})) > 0`,
        ),
      )
      .$if(filter.ids !== undefined, (query) => query.where('result.id', 'in', filter.ids ?? []))
      .$if(filter.after !== undefined, (query) => query.where('result.id', '>', filter.after ?? 0))
      .orderBy('result.id')
      .$if(filter.limit !== undefined, (query) => query.limit(filter.limit ?? 0))
      .execute();
    return rows.map(judgedOf);
  }

  /** Throws `result_missing`. */
  async get(id: ResultId): Promise<JudgedResult> {
    const at = await this.#database.selectFrom('result').select('runId').where('id', '=', id).executeTakeFirst();
    const row =
      at &&
      (await this.#judged(at.runId as RunId, { everyAttempt: true })
        .where('result.id', '=', id)
        .executeTakeFirst());
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

  /** Adds a scoring over stored outputs; it counts from now on, and the older ones stay. */
  async addScoring(
    run: RunId,
    scoring: { scorers: readonly ScorerSpec[]; threshold: number | null },
    judgements: readonly { resultId: ResultId; judgement: Judgement }[],
  ): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      const last = await transaction
        .selectFrom('scoring')
        .select((select) => select.fn.max('number').as('number'))
        .where('runId', '=', run)
        .executeTakeFirst();
      const row = await transaction
        .insertInto('scoring')
        .values({
          runId: run,
          number: (last?.number ?? 0) + 1,
          scorers: toJson(scoring.scorers),
          threshold: scoring.threshold,
          createdAt: now(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      for (const { resultId, judgement } of judgements) {
        await transaction
          .insertInto('judgement')
          .values({ scoringId: row.id, resultId, ...judgement, scores: toJson(judgement.scores) })
          .execute();
      }
    });
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

  #judged(run: RunId, { everyAttempt = false } = {}) {
    return this.#database
      .selectFrom('result')
      .innerJoin('evalCase', 'evalCase.id', 'result.caseId')
      .leftJoin('judgement', (join) =>
        join
          .onRef('judgement.resultId', '=', 'result.id')
          .on('judgement.scoringId', '=', sql<number>`(select max(id) from scoring where runId = ${run})`),
      )
      .selectAll('result')
      .select([
        'evalCase.key',
        'evalCase.variables',
        'evalCase.expected',
        'evalCase.tags',
        'evalCase.split',
        'judgement.outcome',
        'judgement.value',
        'judgement.scores',
      ])
      .where('result.runId', '=', run)
      .$if(!everyAttempt, (query) => query.where('result.last', '=', 1));
  }
}

const itemKey = (item: { caseId: number; repeat: number }): string => `${item.caseId}:${item.repeat}`;

async function requireOwner(transaction: Database, run: RunId, owner: string): Promise<void> {
  const row = await transaction.selectFrom('run').select('owner').where('id', '=', run).executeTakeFirst();
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

function rowOf(run: RunId, result: FinishedItem['result'], attempt: number, createdAt: string) {
  const reply = result.type === 'reply' ? result.reply : null;
  const failure = result.type === 'error' ? result.failure : null;
  return {
    runId: run,
    caseId: result.caseId,
    repeat: result.repeat,
    attempt,
    last: 1,
    output: reply?.output ?? null,
    finishReason: reply?.finishReason ?? null,
    inputTokens: reply?.usage.inputTokens ?? 0,
    outputTokens: reply?.usage.outputTokens ?? 0,
    cachedInputTokens: reply?.usage.cachedInputTokens ?? 0,
    costUsd: reply?.costUsd ?? null,
    latencyMs: result.latencyMs,
    calls: result.calls,
    fromCache: reply?.fromCache ? 1 : 0,
    servedModel: reply?.servedModel ?? null,
    notes: toJson(reply?.notes ?? []),
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? null,
    createdAt,
  };
}

type ResultRow = Selectable<Tables['result']>;

function resultOf(row: ResultRow): Result {
  const about = {
    id: row.id as ResultId,
    runId: row.runId as RunId,
    caseId: row.caseId as CaseId,
    repeat: row.repeat,
    attempt: row.attempt,
    latencyMs: row.latencyMs,
    calls: row.calls,
    createdAt: row.createdAt,
  };
  if (row.errorCode !== null) {
    return {
      ...about,
      type: 'error',
      failure: { code: row.errorCode as FailureCode, message: row.errorMessage ?? '' },
    };
  }
  return {
    ...about,
    type: 'reply',
    reply: {
      output: row.output ?? '',
      finishReason: (row.finishReason ?? 'other') as FinishReason,
      usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens, cachedInputTokens: row.cachedInputTokens },
      costUsd: row.costUsd,
      fromCache: row.fromCache === 1,
      servedModel: row.servedModel,
      notes: fromJson<string[]>(row.notes),
    },
  };
}

type JudgedRow = ResultRow & {
  key: string;
  variables: string;
  expected: string;
  tags: string;
  split: string;
  outcome: string | null;
  value: number | null;
  scores: string | null;
};

const judgedOf = (row: JudgedRow): JudgedResult => ({
  result: resultOf(row),
  case: {
    key: row.key,
    variables: fromJson<JsonObject>(row.variables),
    expected: fromJson<JsonValue>(row.expected),
    tags: fromJson<string[]>(row.tags),
    split: row.split as Split,
  },
  judgement:
    row.outcome === null
      ? null
      : { outcome: row.outcome as Outcome, value: row.value, scores: fromJson<NamedScore[]>(row.scores ?? '[]') },
});
