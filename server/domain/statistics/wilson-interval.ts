import { requireCounts } from './counts.ts';
import { type Interval, intervalAround, z } from './interval.ts';

/**
 * The score interval of a proportion: Wilson (1927), JASA 22, 209–212. It stays within 0..1 and has a width even where all or none passed.
 * Of no cases nothing is known: [0, 1]. 95 % unless another two-sided normal quantile is given.
 */
export function wilsonInterval(passed: number, n: number, quantile = z): Interval {
  requireCounts({ n });
  requireCounts({ passed }, n);
  if (n === 0) return [0, 1];
  const rate = passed / n;
  const scale = 1 + quantile ** 2 / n;
  const centre = (rate + quantile ** 2 / (2 * n)) / scale;
  const halfWidth = (quantile * Math.sqrt((rate * (1 - rate)) / n + quantile ** 2 / (4 * n ** 2))) / scale;
  const [lo, hi] = intervalAround(centre, halfWidth, [0, 1]);
  // At the ends the bound is the rate itself; rounding would leave it a hair inside.
  return [passed === 0 ? 0 : lo, passed === n ? 1 : hi];
}
