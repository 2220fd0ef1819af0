import type { JsonValue } from '../../domain/json.ts';
import { type JUnitCase, writeJUnit } from '../../formats/junit.ts';
import { type Compared, type Failure, writeRunSummary } from '../../formats/run-summary.ts';
import type { ResultSearch } from '../../storage/find-results.ts';
import type { Workbench } from '../workbench.ts';
import type { RunComparison } from './compare-runs.ts';
import { type ResultRow, resultPage } from './results.ts';
import type { RunOverview } from './run-overview.ts';

const PAGE = 500;
const MOST_FAILURES = 10;
const LONGEST_OUTPUT = 4000;

/** A run as JUnit XML in pieces: each case, with its number where it was asked several times, is a test. */
export function junitReport(workbench: Workbench, run: RunOverview): AsyncGenerator<string> {
  const { passed, failed, errors } = run;
  const suite = {
    name: `${run.project}/${run.prompt}@${run.version}`,
    tests: passed + failed + errors,
    failures: failed,
    errors,
    seconds: (run.wallMs ?? 0) / 1000,
    timestamp: run.createdAt,
    properties: {
      run: String(run.id),
      status: run.status,
      model: run.model,
      set: `${run.set}, version ${run.setVersion}`,
      split: run.split,
      scorers: run.scorers.join('; '),
      passRate: rateText(run.passRate),
      interval: run.interval?.map(rateText).join(' to ') ?? '',
      costUsd: run.costUsd === null ? '' : String(run.costUsd),
    },
  };
  return writeJUnit(suite, casesOf(workbench, run));
}

const rateText = (rate: number | null): string => (rate === null ? '' : rate.toFixed(4));

async function* casesOf(workbench: Workbench, run: RunOverview): AsyncGenerator<JUnitCase> {
  let after: ResultSearch['after'];
  do {
    const page = await resultPage(workbench, run.id, { after, limit: PAGE });
    after = page.after ?? undefined;
    for (const row of page.results) {
      yield {
        name: row.repeat === 0 ? row.caseKey : `${row.caseKey} #${row.repeat + 1}`,
        className: `${run.project}.${run.prompt}`,
        seconds: row.latencyMs / 1000,
        problem: problemOf(row),
      };
    }
  } while (after !== undefined);
}

function problemOf(row: ResultRow): JUnitCase['problem'] {
  if (row.outcome === 'passed') return null;
  const { output, error } = row;
  if (error !== null) return { kind: 'error', type: error.code, message: error.message, text: error.message };
  const lines = [
    `Expected: ${textOf(row.expected)}`,
    `Answered: ${(output ?? '').slice(0, LONGEST_OUTPUT)}`,
    reasonOf(row),
  ];
  const kind = row.outcome === 'error' ? 'error' : 'failure';
  return { kind, type: row.outcome, message: reasonOf(row), text: lines.join('\n') };
}

/** What the scorers that it did not pass say. */
const reasonOf = ({ scores }: ResultRow): string =>
  scores
    .filter(({ passed }) => !passed)
    .map(({ scorer, explanation }) => `${scorer}: ${explanation}`)
    .join('\n');

const textOf = (value: JsonValue): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A run, and what it fixed and broke against a baseline, as Markdown for a pull request. */
export async function markdownReport(
  workbench: Workbench,
  run: RunOverview,
  { compared, failUnder }: { compared: RunComparison | null; failUnder: number | null },
): Promise<string> {
  const { results } = await resultPage(workbench, run.id, { outcome: 'not_passed', limit: MOST_FAILURES });
  const failures = results.map(
    (row): Failure => ({
      case: row.caseKey,
      output: row.output,
      expected: textOf(row.expected),
      why: reasonOf(row),
      error: row.error?.message ?? null,
    }),
  );
  const failureCount = run.failed + run.errors;
  return writeRunSummary({ run, failUnder, compared: compared && comparedOf(compared), failures, failureCount });
}

function comparedOf({ a, comparison, warnings, cases }: RunComparison): Compared {
  const keys = (wanted: 'fixed' | 'broken') =>
    cases.filter(({ group }) => group === wanted).map(({ caseKey }) => caseKey);
  const { n, fixed, broken, difference, interval } = comparison;
  return {
    run: a.id,
    version: a.version,
    passRate: a.passRate,
    n,
    fixed,
    broken,
    difference,
    interval,
    pValue: comparison.correctedPValue,
    verdict: comparison.correctedVerdict,
    detectable: comparison.exactDetectable,
    warnings: warnings.map(({ message }) => message),
    brokenCases: keys('broken'),
    fixedCases: keys('fixed'),
  };
}
