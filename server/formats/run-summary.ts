import type { Verdict } from '../domain/statistics/comparison.ts';
import type { Interval } from '../domain/statistics/interval.ts';
import { percent, points, quoted } from './markdown-text.ts';

/** A run as a comment on a pull request shows it. */
export type RunSummaryPage = {
  run: {
    id: number;
    prompt: string;
    version: number;
    model: string;
    set: string;
    setVersion: number;
    split: string;
    status: string;
    passRate: number | null;
    interval: Interval | null;
    passed: number;
    n: number;
    noAnswer: number;
    errors: number;
    costUsd: number | null;
    cached: number;
  };
  failUnder: number | null;
  compared: Compared | null;
  /** The first of those that did not pass, and how many there are. */
  failures: readonly Failure[];
  failureCount: number;
};

export type Compared = {
  run: number;
  version: number;
  passRate: number | null;
  n: number;
  fixed: number;
  broken: number;
  difference: number;
  interval: Interval;
  pValue: number;
  verdict: Verdict;
  /** The smallest true difference that would have been found four times in five. */
  detectable: number | null;
  warnings: readonly string[];
  brokenCases: readonly string[];
  fixedCases: readonly string[];
};

export type Failure = { case: string; output: string | null; expected: string; why: string; error: string | null };

const MOST_NAMES = 10;

/** A run as Markdown for a pull request: its rate with interval, the verdict against a baseline and what failed first. Nothing that a model wrote is markup. */
export function writeRunSummary({ run, failUnder, compared, failures, failureCount }: RunSummaryPage): string {
  const holds = gatesHold(run, failUnder, compared);
  const sign = holds === null ? '' : holds ? '✅ ' : '❌ ';
  return `${[
    `## ${sign}${quoted(`${run.prompt}@${run.version}`)}: ${percent(run.passRate)} pass`,
    factLines(run, failUnder).join('\n'),
    ...(compared === null ? [] : comparedLines(compared)),
    ...(failures.length === 0 ? [] : failureLines(failures, failureCount)),
  ].join('\n\n')}\n`;
}

/** Null where nothing was asked of it. */
function gatesHold(run: RunSummaryPage['run'], failUnder: number | null, compared: Compared | null): boolean | null {
  if (run.status !== 'completed') return false;
  if (failUnder === null && compared === null) return null;
  const reached = failUnder === null || (run.passRate !== null && run.passRate >= failUnder);
  return reached && compared?.verdict !== 'worse';
}

function factLines(run: RunSummaryPage['run'], failUnder: number | null): string[] {
  const interval = run.interval === null ? '' : `, 95% interval ${span(run.interval)}`;
  const errors =
    run.errors === 0 ? 'no errors' : `**${run.errors} ${run.errors === 1 ? 'error' : 'errors'}**, no part of the rate`;
  const cost = run.costUsd === null ? 'unknown' : `$${Number(run.costUsd.toPrecision(3))}`;
  const rate = run.passRate;
  return [
    `- ${run.passed} of ${run.n} passed${interval}; ${run.noAnswer} without an answer, ${errors}`,
    `- Run ${run.id} with ${quoted(run.model)} on ${quoted(run.set)}, version ${run.setVersion}, ${run.split}`,
    ...(run.status === 'completed' ? [] : [`- **The run is not complete: ${run.status}**`]),
    ...(failUnder === null
      ? []
      : [`- Asked for: at least ${percent(failUnder)}, ${rate !== null && rate >= failUnder ? 'met' : '**missed**'}`]),
    `- Cost: ${cost}${run.cached === 0 ? '' : `, ${run.cached} answers from the cache`}`,
  ];
}

function comparedLines(compared: Compared): string[] {
  const { verdict, version, passRate, n, fixed, broken } = compared;
  const words = verdict === "can't tell" ? `**Can't tell** it from` : `**${capital(verdict)}** than`;
  const power =
    verdict === "can't tell" && compared.detectable !== null
      ? ` With these cases a true difference of ${points(compared.detectable)} would have been found four times in five.`
      : '';
  return [
    '### Against the baseline',
    `${words} version ${version} (run ${compared.run}, ${percent(passRate)}): ${fixed} fixed, ${broken} broken of ${n}, ${probability(compared.pValue)}, difference ${points(compared.difference)} (95% interval ${signedSpan(compared.interval)}).${power}`,
    ...compared.warnings.map((warning) => `> Note: ${quoted(warning)}`),
    ...named('Broken', compared.brokenCases),
    ...named('Fixed', compared.fixedCases),
  ];
}

function named(title: string, cases: readonly string[]): string[] {
  if (cases.length === 0) return [];
  const more = cases.length > MOST_NAMES ? `, and ${cases.length - MOST_NAMES} more` : '';
  return [`${title}: ${cases.slice(0, MOST_NAMES).map(quoted).join(', ')}${more}`];
}

function failureLines(failures: readonly Failure[], count: number): string[] {
  const lines = failures.map(({ case: name, output, expected, why, error }) =>
    error === null
      ? `- ${quoted(name)}: expected ${quoted(expected)}, answered ${quoted(output ?? '')}. ${quoted(why)}`
      : `- ${quoted(name)}: no reply. ${quoted(error)}`,
  );
  return [
    `### ${count === failures.length ? `What did not pass: ${count}` : `The first ${failures.length} of ${count} that did not pass`}`,
    lines.join('\n'),
  ];
}

const span = ([low, high]: Interval): string => `${percent(low)} to ${percent(high)}`;
const signedSpan = ([low, high]: Interval): string => `${points(low)} to ${points(high)}`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const probability = (p: number): string =>
  p < 0.001 ? 'exact p < .001' : `exact p = ${p >= 0.9995 ? '1' : p.toFixed(3).replace(/^0/, '')}`;
