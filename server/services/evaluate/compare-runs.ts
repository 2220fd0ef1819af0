import { conflict } from '../../domain/errors.ts';
import type { ResultId, RunId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Run, SplitChoice } from '../../domain/run.ts';
import type { AlignedPair } from '../../domain/run-alignment.ts';
import type { ComparisonGroup } from '../../domain/statistics/comparison.ts';
import type { Workbench } from '../workbench.ts';
import { type ResultRow, resultRow } from './results.ts';
import { alignmentOf } from './run-alignment.ts';
import { compareMetrics, type MetricComparison } from './run-metrics.ts';
import { type RunOverview, runOverview } from './run-overview.ts';

/** A case that both runs judged, with the results that decide: of several repeats the first that did not pass. */
export type PairedCase = { caseKey: string; group: ComparisonGroup; a: ResultId; b: ResultId };
export type ComparedCase = Pick<PairedCase, 'caseKey' | 'group'> & {
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
  comparison: AlignedPair;
  warnings: ComparisonWarning[];
  /** By each scorer alone that both have. */
  metrics: MetricComparison[];
  /** Broken first, then fixed, still failing, still passing. */
  cases: PairedCase[];
};

/** Results that are read at once. */
const pageSize = 500;

/** Pairs two runs of one project by case: what `b` fixed and broke against `a`. Throws `runs_not_comparable`. */
export async function compareRunPair(
  workbench: Workbench,
  aId: RunId,
  bId: RunId,
  split: SplitChoice,
): Promise<RunComparison> {
  const { stores } = workbench;
  const [a, b] = [await stores.runs.get(aId), await stores.runs.get(bId)];
  if (a.projectId !== b.projectId) throw notComparable();
  const { pairs, cases } = await alignmentOf(workbench, [a, b], split);
  const [comparison] = pairs;
  if (comparison === undefined) throw notComparable();
  const overviews = { a: await runOverview(workbench, a), b: await runOverview(workbench, b) };
  const paired = cases.flatMap(({ key, group, results: [ofA, ofB] }): PairedCase[] =>
    group === 'excluded' || ofA == null || ofB == null ? [] : [{ caseKey: key, group, a: ofA, b: ofB }],
  );
  const warnings = [...warningsFor({ a, b }, overviews, comparison.excluded), ...formatGain(comparison)];
  const metrics = await compareMetrics(workbench, [a.id, b.id], { split, look: comparison.look });
  return { ...overviews, comparison, warnings, metrics, cases: paired };
}

const notComparable = () => conflict('runs_not_comparable', 'These two runs belong to different projects.');

/** The same with what was asked and answered in each case. */
export async function comparedInFull(
  { stores }: Workbench,
  compared: RunComparison,
): Promise<Omit<RunComparison, 'cases'> & { cases: ComparedCase[] }> {
  const cases: ComparedCase[] = [];
  const rowsOf = async (run: RunId, ids: readonly ResultId[]) =>
    new Map((await stores.results.page(run, { ids })).map((row) => [row.result.id, resultRow(row, null)]));
  for (let at = 0; at < compared.cases.length; at += pageSize) {
    const page = compared.cases.slice(at, at + pageSize);
    const [before, after] = [
      await rowsOf(
        compared.a.id,
        page.map(({ a }) => a),
      ),
      await rowsOf(
        compared.b.id,
        page.map(({ b }) => b),
      ),
    ];
    for (const { caseKey, group, ...ids } of page) {
      const [a, b] = [before.get(ids.a), after.get(ids.b)];
      if (a === undefined || b === undefined) continue;
      cases.push({ caseKey, group, variables: b.variables, expected: b.expected, a, b });
    }
  }
  return { ...compared, cases };
}

/** A case that had no answer before and passes now was not judged better but answered in a form that can be read. */
function formatGain({ fixed, noAnswer }: AlignedPair): ComparisonWarning[] {
  if (noAnswer.fixed === 0) return [];
  const message = `${noAnswer.fixed} of the ${fixed} fixed cases had no answer before: so far the gain is one of format, not of judgement.`;
  return [{ code: 'format_gain', message }];
}

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
