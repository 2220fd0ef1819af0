import type { FailureCode } from '../domain/completion.ts';
import type { JudgeStanding } from '../domain/judge-calibration.ts';
import type { ScoringFailure } from '../domain/scorer.ts';
import type { RunMetric } from '../services/evaluate/run-metrics.ts';
import type { RunOverview } from '../services/evaluate/run-overview.ts';
import { formatCount, formatDuration, formatInterval, formatPercent, formatUsd } from './format.ts';
import { formatFields } from './table.ts';

/** How many results of a run are errors, by their reason. */
export type ErrorCounts = Readonly<Partial<Record<FailureCode | ScoringFailure, number>>>;

/** A run as `run --json` prints it. */
export const runDocument = (run: RunOverview, errors: ErrorCounts, metrics: readonly RunMetric[]) => ({
  runId: run.id,
  ...run,
  metrics,
  errorsByReason: errors,
});

/** A run with its counts for people. */
export function runText(run: RunOverview, errors: ErrorCounts, metrics: readonly RunMetric[]): string {
  const fields: [string, string][] = [
    ['run', `${run.id} (${run.status})`],
    ['prompt', `${run.project} / ${run.prompt}@${run.version}`],
    ['model', `${run.model}${run.standIn ? ' – a stand-in to learn the tool with, not a language model' : ''}`],
    ['set', `${run.set}, version ${run.setVersion}, ${run.split}`],
    ['scorers', run.scorers.join(', ')],
    [
      'pass rate',
      `${formatPercent(run.passRate)}  (n = ${formatCount(run.n)}, 95 % interval ${formatInterval(run.interval)})`,
    ],
    ...splitFields(run),
    ...lookField(run),
    ...metricFields(metrics),
    ...run.judges.map((judge): [string, string] => ['  judge', judgeText(judge)]),
    ['passed', formatCount(run.passed)],
    ['failed', `${formatCount(run.failed)}, of these ${formatCount(run.noAnswer)} without an answer`],
    ['errors', `${formatCount(run.errors)}${reasons(errors)}`],
    ['done', `${formatCount(run.done)} of ${formatCount(run.total)}, ${formatCount(run.cached)} from the cache`],
    ['tokens', `${formatCount(run.inputTokens)} in, ${formatCount(run.outputTokens)} out`],
    ['cost', formatUsd(run.costUsd)],
    ...(run.settings.judgeModel === null
      ? []
      : [['judging', `${formatUsd(run.judgingCostUsd)} by ${run.settings.judgeModel}`] satisfies [string, string]]),
    ['time', formatDuration(run.wallMs)],
  ];
  return [formatFields(fields), ...(run.statusReason === '' ? [] : ['', run.statusReason])].join('\n');
}

/** Which look at the holdout cases it was, where that costs confidence. */
function lookField({ holdout }: RunOverview): [string, string][] {
  if (holdout === null || holdout.look === 1) return [];
  const { look, confidence, interval } = holdout;
  const claim = interval === null ? '' : `: ${formatInterval(interval)}`;
  return [['  holdout look', `${look}, so that ${formatPercent(confidence)} confidence counts${claim}`]];
}

/** What may be said of a judge model that the rate rests on. */
function judgeText({ scorer, labels, kappa, corrected }: JudgeStanding): string {
  if (labels === 0) return `${scorer}: uncalibrated judge, nobody compared it with people`;
  const on = `${scorer}: judge calibrated on ${formatCount(labels)} labels, κ ${kappa === null ? '–' : kappa.value.toFixed(2)}`;
  if (!corrected.correctable) return `${on}; its rate is not corrected: ${corrected.reason.replaceAll('_', ' ')}`;
  return `${on}, corrected rate ${formatPercent(corrected.rate)} ${formatInterval(corrected.interval)}`;
}

/** Each of several scorers by itself. */
function metricFields(metrics: readonly RunMetric[]): [string, string][] {
  if (metrics.length < 2) return [];
  return metrics.map(({ metric, passRate, n, interval, errors }) => [
    `  ${metric.length > 40 ? `${metric.slice(0, 39)}…` : metric}`,
    `${formatPercent(passRate)}  (n = ${formatCount(n)}, ${formatInterval(interval)})${errors === 0 ? '' : `, ${formatCount(errors)} not judged`}`,
  ]);
}

/** Dev and holdout apart where a run has both. */
function splitFields({ bySplit }: RunOverview): [string, string][] {
  const { dev, holdout } = bySplit;
  if (dev === undefined || holdout === undefined) return [];
  return Object.entries({ dev, holdout }).map(([split, rates]) => [
    `  ${split}`,
    `${formatPercent(rates.passRate)}  (n = ${formatCount(rates.n)}, ${formatInterval(rates.interval)})`,
  ]);
}

function reasons(errors: ErrorCounts): string {
  const parts = Object.entries(errors).map(([reason, count]) => `${formatCount(count)} ${reason.replaceAll('_', ' ')}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')}); "whetstone runs retry-errors" asks again for them`;
}
