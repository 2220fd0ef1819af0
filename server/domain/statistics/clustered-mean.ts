import { type Interval, intervalAround, z } from './interval.ts';

/**
 * The mean of scores 0..1 that come in groups which are alike within (repeats of a case, cases of a source), with the error clustered over
 * groups, √Σ_groups(Σ_i(s_i − mean))² / n: Miller (2024), arXiv 2411.00640. For repeats give the average of each case as a group of one.
 * Where all groups agree the interval has no width, which says nothing about cases that were not asked.
 */
export function clusteredMean(groups: readonly (readonly number[])[]): {
  mean: number;
  standardError: number;
  interval: Interval;
} {
  const scores = groups.flat();
  if (scores.length === 0) throw new RangeError('A mean needs at least one score.');
  const mean = sum(scores) / scores.length;
  const residuals = groups.map((group) => sum(group.map((score) => score - mean)) ** 2);
  const standardError = Math.sqrt(sum(residuals)) / scores.length;
  return { mean, standardError, interval: intervalAround(mean, z * standardError, [0, 1]) };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
