import type { RateSummary } from './run.ts';
import { clusteredMean } from './statistics/clustered-mean.ts';
import { anytimeInterval } from './statistics/confidence-sequence.ts';
import { wilsonInterval } from './statistics/wilson-interval.ts';

/** Cases that agree may differ by it from their mean: of thirds the sum is not exact. */
const ROUNDING = 1e-9;

/** What the results of one case came to; `cases` where several came to the same. */
export type CaseCounts = { passed: number; failed: number; noAnswer: number; errors: number; cases?: number };

/**
 * The pass rate over cases. Without repeats: passed / (passed + failed) with its Wilson interval. With repeats: averaged per case first, then
 * the mean and its clustered error over cases, because repeats of one case are not independent.
 */
export function rateSummary(cases: readonly CaseCounts[]): RateSummary {
  const total = { passed: 0, failed: 0, noAnswer: 0, errors: 0 };
  for (const counts of cases) {
    const { cases: many = 1 } = counts;
    total.passed += many * counts.passed;
    total.failed += many * counts.failed;
    total.noAnswer += many * counts.noAnswer;
    total.errors += many * counts.errors;
  }
  const judged = cases.filter((counts) => counts.passed + counts.failed > 0);
  const n = judged.reduce((sum, { cases: many = 1 }) => sum + many, 0);
  if (n === 0) return { ...total, n, passRate: null, interval: null };
  if (judged.every((counts) => counts.passed + counts.failed === 1)) {
    return { ...total, n, passRate: total.passed / n, interval: wilsonInterval(total.passed, n) };
  }
  const { mean, standardError, interval } = clusteredMean(
    judged.flatMap(({ passed, failed, cases: many = 1 }) =>
      Array.from({ length: many }, () => [passed / (passed + failed)]),
    ),
  );
  // Where all cases agree the clustered error is 0, which no sample of n cases can show; Wilson over cases says what n can.
  const bounds = standardError < ROUNDING ? wilsonInterval(Math.round(mean * n), n) : interval;
  return { ...total, n, passRate: mean, interval: bounds };
}

/** Outcomes that are independent of one another, such as production calls. */
export type OutcomeCounts = Pick<RateSummary, 'passed' | 'failed' | 'noAnswer' | 'errors'>;

/** The pass rate over independent outcomes with its Wilson interval. */
export function rateOfOutcomes({ passed, failed, noAnswer, errors }: OutcomeCounts): RateSummary {
  const n = passed + failed;
  const counts = { passed, failed, noAnswer, errors, n };
  if (n === 0) return { ...counts, passRate: null, interval: null };
  return { ...counts, passRate: passed / n, interval: wilsonInterval(passed, n) };
}

/** The same with the interval that holds however often it is looked at: that of a run which ends once its rate is clear. */
export function atAnyTime(rates: RateSummary): RateSummary {
  return rates.n === 0 ? rates : { ...rates, interval: anytimeInterval(rates.passed, rates.n) };
}
