import { requireCounts } from './counts.ts';
import { detectableIndependent } from './detectable-effect.ts';
import type { Interval } from './interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

export type Proportion = { passed: number; n: number };

/**
 * How much a second, independent sample's rate lies above the first's, with the hybrid score interval of Newcombe (1998), Stat. Med. 17, 873–890,
 * method 10: built of both Wilson intervals, so that it stays within -1..1 and has a width where all or none passed. Of an empty sample nothing is
 * known, and its rate is taken as the other's.
 */
export function independentDifference(
  first: Proportion,
  second: Proportion,
): { difference: number; interval: Interval } {
  const [before, after] = [rateOf(first, second), rateOf(second, first)];
  const [beforeLo, beforeHi] = wilsonInterval(first.passed, first.n);
  const [afterLo, afterHi] = wilsonInterval(second.passed, second.n);
  const difference = after - before;
  return {
    difference,
    interval: [
      difference - Math.hypot(after - afterLo, beforeHi - before),
      difference + Math.hypot(afterHi - after, before - beforeLo),
    ],
  };
}

const rateOf = (sample: Proportion, other: Proportion): number =>
  sample.n > 0 ? sample.passed / sample.n : other.n > 0 ? other.passed / other.n : 0;

/** Of two samples that are as likely as each other up to rounding, both count. */
const ROUNDING = 1 + 1e-7;

/**
 * Fisher's exact test: the two-sided p of samples this unlike where both have the same rate, as the share of all ways to divide these passes between them that
 * are no more likely than this one. It never calls two equal rates different with more than its level.
 */
export function fisherExact(first: Proportion, second: Proportion): number {
  requireCounts({ n: first.n, otherN: second.n });
  requireCounts({ passed: first.passed }, first.n);
  requireCounts({ otherPassed: second.passed }, second.n);
  const passed = first.passed + second.passed;
  const n = first.n + second.n;
  const [least, most] = [Math.max(0, passed - second.n), Math.min(passed, first.n)];
  const mode = Math.min(most, Math.max(least, Math.floor(((first.n + 1) * (passed + 1)) / (n + 2))));
  // Hypergeometric chances as shares of the likeliest one: they can't overflow, and what underflows adds nothing.
  const step = (k: number) => ((passed - k) * (first.n - k)) / ((k + 1) * (second.n - passed + k + 1));
  const shares = new Map([[mode, 1]]);
  for (let k = mode, share = 1; k < most && share > 0; k++) {
    share *= step(k);
    shares.set(k + 1, share);
  }
  for (let k = mode, share = 1; k > least && share > 0; k--) {
    share /= step(k - 1);
    shares.set(k - 1, share);
  }
  const observed = (shares.get(first.passed) ?? 0) * ROUNDING;
  let [total, unlike] = [0, 0];
  for (const share of shares.values()) {
    total += share;
    if (share <= observed) unlike += share;
  }
  return Math.min(1, unlike / total);
}

/**
 * About the smallest true difference from the first sample's rate that samples of these sizes show with power .8 at .05, by the normal approximation. That rate is drawn a
 * case towards the middle, because at 0 and 1 the approximation has no error. Null of an empty sample, and where no rate lies that far away.
 */
export function detectableBetween(first: Proportion, second: Proportion): number | null {
  if (first.n === 0 || second.n === 0) return null;
  // Two samples of the harmonic mean of both sizes have the same error.
  const n = 2 / (1 / first.n + 1 / second.n);
  return detectableIndependent({ n, rate: (first.passed + 1) / (first.n + 2) });
}
