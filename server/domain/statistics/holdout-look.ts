import { type Interval, z } from './interval.ts';
import { normalQuantile } from './normal-quantile.ts';
import { wilsonInterval } from './wilson-interval.ts';

const level = 0.05;

/**
 * How much less can be claimed at the k-th look at the same holdout cases: the level is divided by k(k + 1)/2, that is by 1, 3, 6, 10, …
 *
 * Whoever tries version after version until the holdout says yes will hear it by luck. All shares 2/(k(k + 1)) together make 2, so that over
 * however many looks the chance that one-sided errors of 2.5 % (a target that is called met, a version that is called better) ever occur is
 * at most 5 %; the first look is as ever. A union bound, which holds for versions that each follow on the "no" before it. It can't hold for
 * versions that were fitted to single holdout cases, for which only fresh cases help: Dwork et al. (2015), Science 349, 636–638.
 */
export function costOfLook(look: number): number {
  if (!Number.isSafeInteger(look) || look < 1) throw new RangeError(`looks are counted from 1, not ${look}`);
  return (look * (look + 1)) / 2;
}

/** A pass rate's Wilson interval as wide as the k-th look requires, with its confidence: 95 % at the first, 98.3 % at the second. */
export function holdoutInterval(counts: { passed: number; n: number; look: number }): {
  confidence: number;
  interval: Interval;
} {
  const { passed, n, look } = counts;
  return { confidence: 1 - level / costOfLook(look), interval: wilsonInterval(passed, n, quantileOf(look)) };
}

/** The two-sided normal quantile of the k-th look. */
export const quantileOf = (look: number): number => (look === 1 ? z : normalQuantile(1 - level / costOfLook(look) / 2));

/**
 * The lower bound at the k-th look of an interval that is not Wilson's: with repeats, or where a run may end early. Its distance from the rate is stretched by
 * the square of the quantiles' ratio. None of the intervals here grows faster than that, so that it errs to the careful side.
 */
export function holdoutBound(rate: number, [lo]: Interval, look: number): number {
  return Math.max(0, rate - (rate - lo) * (quantileOf(look) / z) ** 2);
}

/** The p-value of a comparison on holdout cases, corrected for the looks, to be held against the usual level. */
export const holdoutPValue = (pValue: number, look: number): number => Math.min(1, pValue * costOfLook(look));
