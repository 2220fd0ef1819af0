import type { RunId } from '../../domain/ids.ts';
import { MetricTally } from '../../domain/metric-tally.ts';
import { atAnyTime, rateSummary } from '../../domain/rate-summary.ts';
import type { RateSummary, Run, SplitChoice } from '../../domain/run.ts';
import { metricOf } from '../../domain/scorer-spec.ts';
import {
  type Comparison,
  compareRuns,
  pValueAtLook,
  type Verdict,
  verdictOf,
} from '../../domain/statistics/comparison.ts';
import { holmCorrected } from '../../domain/statistics/holm.ts';
import type { Workbench } from '../workbench.ts';
import { looksOfPairs, runsToCompare } from './run-alignment.ts';

/** What one scorer of a run said by itself. */
export type RunMetric = RateSummary & {
  /** The name that it was given, else the scorer as typed. */
  metric: string;
  scorer: string;
  /** Mean of its values from 0 to 1 over results in which it found an answer; null where it found none. */
  mean: number | null;
};

/** The scorers of a run's scoring that counts, each with a rate of its own. */
export async function runMetrics({ stores }: Pick<Workbench, 'stores'>, id: RunId): Promise<RunMetric[]> {
  const tally = new MetricTally();
  for await (const slice of stores.results.measured(id)) for (const result of slice) tally.add(result);
  return metricsOf(await stores.runs.get(id), tally);
}

/** The same of results that were counted already. */
export const metricsOf = ({ settings }: Pick<Run, 'settings'>, tally: MetricTally): RunMetric[] =>
  tally.counts().map(({ scorer, cases, values, valued }) => {
    const rates = rateSummary(cases);
    return {
      ...(settings.stopAtRate === null ? rates : atAnyTime(rates)),
      metric: metricOf(scorer),
      scorer,
      mean: valued === 0 ? null : values / valued,
    };
  });

/** What a run fixed and broke by one scorer alone. */
export type MetricComparison = Omit<Comparison<string>, 'cases'> & {
  metric: string;
  /** For the look at holdout cases, then by Holm over the metrics of the pair. */
  correctedPValue: number;
  correctedVerdict: Verdict;
};

/** Each metric that both runs have, paired by case; in the candidate's order. */
export async function compareMetrics(
  { stores }: Pick<Workbench, 'stores'>,
  [baseline, candidate]: readonly [RunId, RunId],
  { split, look }: { split: SplitChoice; look: number | null },
): Promise<MetricComparison[]> {
  const before = byMetric(await stores.results.metricOutcomes(baseline, split));
  const after = byMetric(await stores.results.metricOutcomes(candidate, split));
  const compared = [...after].flatMap(([metric, outcomes]) => {
    const earlier = before.get(metric);
    if (earlier === undefined) return [];
    const { cases: _, ...comparison } = compareRuns({ baseline: earlier, candidate: outcomes, look });
    return [{ metric, ...comparison }];
  });
  const corrected = holmCorrected(compared.map(pValueAtLook));
  return compared.map((one, at) => {
    const correctedPValue = corrected[at] ?? pValueAtLook(one);
    return { ...one, correctedPValue, correctedVerdict: verdictOf(correctedPValue, one) };
  });
}

const byMetric = <Outcomes>(byScorer: ReadonlyMap<string, Outcomes>): Map<string, Outcomes> =>
  new Map([...byScorer].map(([scorer, outcomes]) => [metricOf(scorer), outcomes]));

/** Each other run against the first. Throws as `runsToCompare`. */
export async function metricsOfSeveral(
  workbench: Workbench,
  ids: readonly RunId[],
  split: SplitChoice,
): Promise<{ run: RunId; metrics: MetricComparison[] }[]> {
  const runs = await runsToCompare(workbench, ids);
  const looks = await looksOfPairs(workbench, runs, split);
  const [baseline, ...others] = runs;
  if (baseline === undefined) return [];
  const pairs: { run: RunId; metrics: MetricComparison[] }[] = [];
  for (const [at, { id }] of others.entries()) {
    const look = looks[at] ?? null;
    pairs.push({ run: id, metrics: await compareMetrics(workbench, [baseline.id, id], { split, look }) });
  }
  return pairs;
}
