import { requireCounts } from './counts.ts';
import { type Interval, intervalAround, z } from './interval.ts';

/**
 * How much the pass rate changed over the same n cases, with the adjusted Wald interval of Bonett and Price (2012), J. Educ. Behav. Stat. 37,
 * 479–488: Wald's own excludes 0 too easily. Of no cases nothing is known: 0 in [-1, 1].
 */
export function pairedDifference(counts: { broken: number; fixed: number; n: number }): {
  difference: number;
  interval: Interval;
} {
  const { broken, fixed, n } = counts;
  requireCounts({ n });
  requireCounts({ broken, fixed, flips: broken + fixed }, n);
  const brokenRate = (broken + 1) / (n + 2);
  const fixedRate = (fixed + 1) / (n + 2);
  const centre = fixedRate - brokenRate;
  const standardError = Math.sqrt((fixedRate + brokenRate - centre ** 2) / (n + 2));
  return {
    difference: n === 0 ? 0 : (fixed - broken) / n,
    interval: intervalAround(centre, z * standardError, [-1, 1]),
  };
}
