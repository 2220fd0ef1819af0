import type { ResultId, RunId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Run, SplitChoice } from '../../domain/run.ts';
import type { AlignedCase, AlignedGroup, AlignedPair } from '../../domain/run-alignment.ts';
import type { ComparisonGroup } from '../../domain/statistics/comparison.ts';
import type { Workbench } from '../workbench.ts';
import { type ComparisonWarning, warningsFor } from './compare-runs.ts';
import { type ResultRow, resultRow } from './results.ts';
import { alignmentOf, differingCasesOf, runsToCompare } from './run-alignment.ts';
import { type RunOverview, runOverview } from './run-overview.ts';

export type SeveralCompared = {
  /** The first is the baseline. */
  runs: RunOverview[];
  /** Each other run against the baseline. */
  pairs: (AlignedPair & { run: RunId; warnings: ComparisonWarning[] })[];
  groups: Record<AlignedGroup, number>;
};

export type CaseOfSeveral = {
  caseKey: string;
  group: AlignedGroup;
  variables: JsonObject;
  expected: JsonValue;
  changes: readonly (ComparisonGroup | null)[];
  /** In the order of the runs; null where a run does not have the case. */
  results: (ResultRow | null)[];
};

export type CasesWanted = {
  split: SplitChoice;
  group?: AlignedGroup;
  /** Only cases that two runs answered differently. */
  differ?: boolean;
  /** Cases that were seen already. */
  after: number;
  limit: number;
};

/** Two to six runs of one project, each paired by case with the first; the p-values are corrected by Holm. */
export async function compareSeveral(
  workbench: Workbench,
  ids: readonly RunId[],
  split: SplitChoice,
): Promise<SeveralCompared> {
  const runs = await runsToCompare(workbench, ids);
  const { pairs, cases } = await alignmentOf(workbench, runs, split);
  const overviews: RunOverview[] = [];
  for (const run of runs) overviews.push(await runOverview(workbench, run));
  const groups = { broken: 0, fixed: 0, bothFail: 0, bothPass: 0, excluded: 0 };
  for (const { group } of cases) groups[group] += 1;
  return { runs: overviews, pairs: withWarnings(runs, overviews, pairs), groups };
}

function withWarnings(runs: readonly Run[], overviews: readonly RunOverview[], pairs: readonly AlignedPair[]) {
  const [baseline, ...candidates] = runs;
  const [before, ...others] = overviews;
  return pairs.flatMap((pair, index) => {
    const [run, after] = [candidates[index], others[index]];
    if (baseline === undefined || before === undefined || run === undefined || after === undefined) return [];
    return [
      { ...pair, run: run.id, warnings: warningsFor({ a: baseline, b: run }, { a: before, b: after }, pair.excluded) },
    ];
  });
}

/** The cases of a comparison, a page at a time: broken and fixed first. `after` is null on the last page. */
export async function casesOfSeveral(
  workbench: Workbench,
  ids: readonly RunId[],
  { split, group, differ, after, limit }: CasesWanted,
): Promise<{ cases: CaseOfSeveral[]; count: number; after: number | null }> {
  const runs = await runsToCompare(workbench, ids);
  const { cases } = await alignmentOf(workbench, runs, split);
  const differing = differ === true ? await differingCasesOf(workbench, runs, split) : null;
  const isWanted = (one: AlignedCase) =>
    (group === undefined || one.group === group) && (differing === null || differing.has(one.key));
  const wanted = group === undefined && differing === null ? cases : cases.filter(isWanted);
  const page = wanted.slice(after, after + limit);
  const end = after + page.length;
  return {
    cases: await withResults(workbench, runs, page),
    count: wanted.length,
    after: end < wanted.length ? end : null,
  };
}

async function withResults(
  { stores }: Workbench,
  runs: readonly Run[],
  cases: readonly AlignedCase[],
): Promise<CaseOfSeveral[]> {
  const rows = new Map<ResultId, ResultRow>();
  for (const [index, { id }] of runs.entries()) {
    const ids = cases.flatMap(({ results }) => results[index] ?? []);
    if (ids.length === 0) continue;
    for (const judged of await stores.results.page(id, { ids })) rows.set(judged.result.id, resultRow(judged, null));
  }
  return cases.flatMap(({ key, group, changes, results }) => {
    const found = results.map((id) => (id === null ? null : (rows.get(id) ?? null)));
    // Where set versions differ, the newest run's case is the one shown.
    const shown = found.findLast((row) => row !== null);
    if (shown === undefined || shown === null) return [];
    return [{ caseKey: key, group, changes, results: found, variables: shown.variables, expected: shown.expected }];
  });
}
