import type { RunId } from '../../domain/ids.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { RateSummary, SplitChoice } from '../../domain/run.ts';
import { htmlReport } from '../../formats/html-report/index.ts';
import type { ReportAnswer, ReportLanguage, ReportRate } from '../../formats/html-report/report.ts';
import type { Workbench } from '../workbench.ts';
import { runBreakdown } from './breakdown.ts';
import { casesOfSeveral, compareSeveral } from './compare-several.ts';
import { type ResultRow, resultPage } from './results.ts';
import { runOverview } from './run-overview.ts';
import { type RunRepeats, runRepeats } from './run-repeats.ts';

/** Cases that a report shows: whoever wants all of a long run takes its export. */
const MOST_CASES = 200;
const MOST_RATES = 12;

/** A run as one HTML file: what made it, what it says with its intervals, and the cases that did not pass. Throws `run_missing`. */
export async function runReport(workbench: Workbench, id: RunId, language: ReportLanguage): Promise<string> {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  const overview = await runOverview(workbench, run);
  const { byTag, byLabel, byScorer } = await runBreakdown(workbench, id);
  const repeats = await runRepeats(workbench, id);
  const { results } = await resultPage(workbench, id, { outcome: 'not_passed', limit: MOST_CASES });
  const comments = await stores.comments.of({ kind: 'run', run: id });
  const { content } = await stores.prompts.getVersion(run.promptVersionId);
  const cases = results.map((row) => ({
    key: row.caseKey,
    input: inputText(row.variables),
    expected: expectedText(row.expected),
    group: null,
    answers: [answerOf(row)],
  }));
  return htmlReport(
    {
      type: 'run',
      createdAt: new Date().toISOString(),
      run: overview,
      messages: content.messages,
      comments: comments.map(({ resolved, ...comment }) => ({ ...comment, resolved: resolved !== null })),
      metrics: byScorer.length < 2 ? [] : byScorer.flatMap((one) => rateOf({ ...one, key: one.metric })),
      repeats: repeats.rates.flatMap(repeatRates),
      flaky: repeats.flaky,
      groups: groupsOf(repeats),
      tags: byTag.slice(0, MOST_RATES).flatMap(rateOf),
      labels: byLabel.slice(0, MOST_RATES).flatMap(rateOf),
      cases,
      caseCount: overview.failed + overview.errors,
    },
    language,
  );
}

/** A comparison as one HTML file: verdicts, intervals, and its cases, broken and fixed ones first. */
export async function comparisonReport(
  workbench: Workbench,
  ids: readonly RunId[],
  split: SplitChoice,
  language: ReportLanguage,
): Promise<string> {
  const { runs, pairs } = await compareSeveral(workbench, ids, split);
  const { cases, count } = await casesOfSeveral(workbench, ids, { split, after: 0, limit: MOST_CASES });
  const shown = cases.map(({ caseKey, variables, expected, group, results }) => ({
    key: caseKey,
    group,
    input: inputText(variables),
    expected: expectedText(expected),
    answers: results.map((row) => row && answerOf(row)),
  }));
  const createdAt = new Date().toISOString();
  return htmlReport({ type: 'comparison', createdAt, runs, pairs, cases: shown, caseCount: count }, language);
}

const answerOf = ({ outcome, output, error, scores }: ResultRow): ReportAnswer => ({
  outcome,
  output,
  error,
  explanations: scores.flatMap(({ scorer, explanation }) => (explanation === '' ? [] : [`${scorer}: ${explanation}`])),
});

const rateOf = ({ key, passRate, interval, n }: RateSummary & { key: string }): ReportRate[] =>
  passRate === null || interval === null ? [] : [{ name: key, passRate, interval, n }];

const repeatRates = ({ k, n, passAtK, passHatK }: RunRepeats['rates'][number]): ReportRate[] =>
  Object.entries({ [`pass@${k}`]: passAtK, [`pass^${k}`]: passHatK }).flatMap(([name, rate]) =>
    rate === null ? [] : [{ name, passRate: rate.value, interval: rate.interval, n }],
  );

const groupsOf = ({ groups }: RunRepeats) =>
  groups && {
    cases: groups.cases,
    groups: groups.groups,
    passRate: groups.passRate.value,
    interval: groups.passRate.interval,
  };

const inputText = (variables: JsonObject): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}: ${expectedText(value ?? null)}`)
    .join('\n');

const expectedText = (value: JsonValue): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 1);
