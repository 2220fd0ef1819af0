import { conflict } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Run, SplitChoice } from '../../domain/run.ts';
import {
  type Comparison,
  type ComparisonGroup,
  compareRuns,
  type RepeatOutcome,
} from '../../domain/statistics/comparison.ts';
import type { Workbench } from '../workbench.ts';
import { type ResultRow, resultRow } from './results.ts';
import { compareMetrics, type MetricComparison } from './run-metrics.ts';
import { type RunOverview, runOverview } from './run-overview.ts';

export type ComparedCase = {
  caseKey: string;
  group: ComparisonGroup;
  variables: JsonObject;
  expected: JsonValue;
  a: ResultRow;
  b: ResultRow;
};
export type ComparisonWarning = {
  code:
    | 'other_set'
    | 'other_set_version'
    | 'other_scorers'
    | 'other_repeats'
    | 'not_complete'
    | 'excluded'
    | 'format_gain';
  message: string;
};
export type RunComparison = {
  a: RunOverview;
  b: RunOverview;
  comparison: Omit<Comparison<string>, 'cases'>;
  warnings: ComparisonWarning[];
  /** By each scorer alone that both have. */
  metrics: MetricComparison[];
  /** Broken first, then fixed, still failing, still passing. */
  cases: ComparedCase[];
};

const groupOrder: readonly ComparisonGroup[] = ['broken', 'fixed', 'bothFail', 'bothPass'];

/** Pairs two runs of one project by case: what `b` fixed and broke against `a`. Throws `runs_not_comparable`. */
export async function compareRunPair(
  workbench: Workbench,
  aId: RunId,
  bId: RunId,
  split: SplitChoice,
): Promise<RunComparison> {
  const { stores } = workbench;
  const [a, b] = [await stores.runs.get(aId), await stores.runs.get(bId)];
  if (a.projectId !== b.projectId)
    throw conflict('runs_not_comparable', 'These two runs belong to different projects.');
  const [before, after] = [await rowsByCase(workbench, a.id, split), await rowsByCase(workbench, b.id, split)];
  const { cases, ...comparison } = compareRuns({ baseline: outcomes(before), candidate: outcomes(after) });
  const overviews = { a: await runOverview(workbench, a), b: await runOverview(workbench, b) };
  const compared = groupOrder.flatMap((group) =>
    cases[group].flatMap((caseKey): ComparedCase[] => {
      const rowA = telling(before.get(caseKey));
      const rowB = telling(after.get(caseKey));
      if (rowA === undefined || rowB === undefined) return [];
      return [{ caseKey, group, variables: rowB.variables, expected: rowB.expected, a: rowA, b: rowB }];
    }),
  );
  const warnings = [...warningsFor({ a, b }, overviews, comparison.excluded), ...formatGain(compared)];
  const metrics = await compareMetrics(workbench, [a.id, b.id], split);
  return { ...overviews, comparison, warnings, metrics, cases: compared };
}

/** A case that had no answer before and passes now was not judged better but answered in a form that can be read. */
function formatGain(cases: readonly ComparedCase[]): ComparisonWarning[] {
  const fixed = cases.filter(({ group }) => group === 'fixed');
  const unread = fixed.filter(({ a }) => a.outcome === 'no_answer').length;
  if (unread === 0) return [];
  const message = `${unread} of the ${fixed.length} fixed cases had no answer before: so far the gain is one of format, not of judgement.`;
  return [{ code: 'format_gain', message }];
}

async function rowsByCase({ stores }: Workbench, run: RunId, split: SplitChoice): Promise<Map<string, ResultRow[]>> {
  const byCase = new Map<string, ResultRow[]>();
  for (const judged of await stores.results.page(run, split === 'all' ? {} : { split })) {
    const rows = byCase.get(judged.case.key) ?? [];
    rows.push(resultRow(judged, null));
    byCase.set(judged.case.key, rows);
  }
  return byCase;
}

const outcomes = (rows: Map<string, ResultRow[]>): Map<string, RepeatOutcome[]> =>
  new Map(
    [...rows].map(([key, repeats]) => [
      key,
      repeats.map((row) => (row.outcome === 'no_answer' ? 'failed' : row.outcome)),
    ]),
  );

/** Of several repeats, the one that decides: the first that did not pass. */
const telling = (rows: ResultRow[] = []): ResultRow | undefined =>
  rows.find((row) => row.outcome !== 'passed') ?? rows[0];

/** Why two runs can't be taken for like with like. */
export function warningsFor(
  runs: { a: Run; b: Run },
  { a, b }: { a: RunOverview; b: RunOverview },
  excluded: number,
): ComparisonWarning[] {
  const warnings: ComparisonWarning[] = [];
  if (a.set !== b.set)
    warnings.push({
      code: 'other_set',
      message: `They ran on different sets, "${a.set}" and "${b.set}": only cases with the same id are paired.`,
    });
  else if (a.setVersion !== b.setVersion) {
    warnings.push({
      code: 'other_set_version',
      message: `They ran on versions ${a.setVersion} and ${b.setVersion} of the set: a case may have changed.`,
    });
  }
  if (a.scorers.join() !== b.scorers.join() || runs.a.settings.threshold !== runs.b.settings.threshold) {
    warnings.push({
      code: 'other_scorers',
      message: `They were scored differently: ${a.scorers.join(', ')} and ${b.scorers.join(', ')}.`,
    });
  }
  if (runs.a.settings.repeats !== runs.b.settings.repeats) {
    warnings.push({
      code: 'other_repeats',
      message:
        'They have different numbers of repeats: the one with more has it harder, because a case passes when all its repeats pass.',
    });
  }
  const open = [a, b].filter((run) => run.done < run.total).map((run) => `run ${run.id}`);
  if (open.length > 0) warnings.push({ code: 'not_complete', message: `Not complete: ${open.join(' and ')}.` });
  if (excluded > 0)
    warnings.push({
      code: 'excluded',
      message: `${excluded} cases are left out: an error in one of the runs, or only in one of them.`,
    });
  return warnings;
}
