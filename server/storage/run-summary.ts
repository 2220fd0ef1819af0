import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { RunId, ScoringId } from '../domain/ids.ts';
import { atAnyTime, type CaseCounts, rateSummary } from '../domain/rate-summary.ts';
import type { RateSummary, RunSummary } from '../domain/run.ts';
import type { Split } from '../domain/split.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { judgeCounts } from './judge-counts.ts';

/** Counts a run's results as the scoring that counts judged them. */
export async function computeRunSummary(database: Database, run: RunId): Promise<RunSummary> {
  const totals = await database
    .selectFrom('run')
    .leftJoin('result', (join) => join.onRef('result.runId', '=', 'run.id').on('result.last', '=', 1))
    .where('run.id', '=', run)
    .groupBy('run.id')
    .select((select) => [
      'run.total',
      'run.wallMs',
      select.fn.count<number>('result.id').as('done'),
      select.fn.coalesce(select.fn.sum<number>('result.fromCache'), sql.lit(0)).as('cached'),
    ])
    .executeTakeFirstOrThrow();
  const { rows } = await sql<Pick<RunSummary, 'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'costUsd'>>`
    select coalesce(sum(inputTokens) filter (where fromCache = 0), 0) as inputTokens,
      coalesce(sum(outputTokens) filter (where fromCache = 0), 0) as outputTokens,
      coalesce(sum(cachedInputTokens) filter (where fromCache = 0), 0) as cachedInputTokens,
      case when sum(errorCode is null and costUsd is null) > 0 then null else coalesce(sum(costUsd), 0) end as costUsd
    from result where runId = ${run}`.execute(database);
  const { latencyP50Ms, latencyP95Ms } = await latencies(database, run);
  return {
    ...(await judgedSummary(database, run, countedScoring(run))),
    ...totals,
    ...(rows[0] ?? { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costUsd: 0 }),
    latencyP50Ms,
    latencyP95Ms,
  };
}

type JudgedSummary = RateSummary & Pick<RunSummary, 'judgingCostUsd' | 'judgeCounts' | 'bySplit'>;

/** What one of a run's scorings says of its results. */
export async function judgedSummary(
  database: Database,
  run: RunId,
  scoring: ScoringId | RawBuilder<number>,
): Promise<JudgedSummary> {
  const { stopAtRate } = await database
    .selectFrom('run')
    .select(sql<number | null>`run.settings ->> '$.stopAtRate'`.as('stopAtRate'))
    .where('id', '=', run)
    .executeTakeFirstOrThrow();
  const bySplit: Partial<Record<Split, RateSummary>> = {};
  const perCase = await caseCounts(database, run, scoring);
  const ratesOf = (cases: readonly CaseCounts[]) =>
    stopAtRate === null ? rateSummary(cases) : atAnyTime(rateSummary(cases));
  for (const split of ['dev', 'holdout'] as const) {
    const cases = perCase.filter((counts) => counts.split === split);
    if (cases.length > 0) bySplit[split] = ratesOf(cases);
  }
  return {
    ...ratesOf(perCase),
    judgingCostUsd: await judgingCost(database, scoring),
    judgeCounts: await judgeCounts(database, scoring),
    bySplit,
  };
}

/** Nearest-rank percentiles over replies that were not from the cache; null where there were none, and in batches, whose answers take no time of their own. */
async function latencies(database: Database, run: RunId): Promise<Pick<RunSummary, 'latencyP50Ms' | 'latencyP95Ms'>> {
  const { rows } = await sql<{ p50: number | null; p95: number | null }>`
    with asked as (select latencyMs, row_number() over (order by latencyMs) as place, count(*) over () as n
      from result where runId = ${run} and last = 1 and fromCache = 0 and errorCode is null
        and (select settings ->> '$.mode' from run where id = ${run}) is not 'batch')
    select max(latencyMs) filter (where place = (n + 1) / 2) as p50, max(latencyMs) filter (where place = (19 * n + 19) / 20) as p95
    from asked`.execute(database);
  return { latencyP50Ms: rows[0]?.p50 ?? null, latencyP95Ms: rows[0]?.p95 ?? null };
}

/** Null where a judge model has no price. */
async function judgingCost(database: Database, scoring: ScoringId | RawBuilder<number>): Promise<number | null> {
  const { rows } = await sql<{ costUsd: number | null }>`
    select case when sum(costUsd is null) > 0 then null else coalesce(sum(costUsd), 0) end as costUsd
    from judgement where scoringId = ${scoring}`.execute(database);
  return rows[0]?.costUsd ?? (rows.length === 0 ? 0 : null);
}

type SplitCaseCounts = CaseCounts & { split: Split };

/** Cases that are counted in one statement: others get their turn in between, however long the run is. */
const SLICE = 5_000;

async function caseCounts(
  database: Database,
  run: RunId,
  scoring: ScoringId | RawBuilder<number>,
): Promise<SplitCaseCounts[]> {
  const found: SplitCaseCounts[] = [];
  for (let after = 0; ; ) {
    const end = await lastCaseOfSlice(database, run, after);
    const { rows } = await sql<SplitCaseCounts>`
      select split, passed, failed, noAnswer, errors, count(*) as cases from (
        select evalCase.split as split,
        sum(judgement.outcome = 'passed') as passed,
        sum(judgement.outcome in ('failed', 'no_answer')) as failed,
        sum(judgement.outcome = 'no_answer') as noAnswer,
        sum(result.errorCode is not null or judgement.outcome = 'error') as errors
      from result
      join evalCase on evalCase.id = result.caseId
      left join judgement on judgement.resultId = result.id and judgement.scoringId = ${scoring}
      where result.runId = ${run} and result.last = 1 and result.caseId > ${after} ${end === null ? sql`` : sql`and result.caseId <= ${end}`}
      group by result.caseId) group by split, passed, failed, noAnswer, errors`.execute(database);
    found.push(...rows.map(withoutNulls));
    if (end === null) return found;
    after = end;
    await nextTurn();
  }
}

/** Null where what is left is no more than a slice. */
async function lastCaseOfSlice(database: Database, run: RunId, after: number): Promise<number | null> {
  const { rows } = await sql<{ caseId: number }>`
    select caseId from result where runId = ${run} and last = 1 and caseId > ${after} order by caseId limit 1 offset ${SLICE}`.execute(
    database,
  );
  return rows[0]?.caseId ?? null;
}

const withoutNulls = (row: SplitCaseCounts): SplitCaseCounts => ({
  ...row,
  passed: row.passed ?? 0,
  failed: row.failed ?? 0,
  noAnswer: row.noAnswer ?? 0,
});
