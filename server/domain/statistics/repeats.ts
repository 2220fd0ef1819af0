import { clusteredMean } from './clustered-mean.ts';
import { requireCounts } from './counts.ts';
import { type Interval, intervalAround } from './interval.ts';
import { studentQuantile } from './student-quantile.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Cases that agree may differ by it from their mean. */
const ROUNDING = 1e-9;

/** One case asked several times. `group`: what it belongs with (a document, a conversation), null where it stands alone. */
export type RepeatedCase = { passed: number; repeats: number; group: string | null };

/** What repeats say of cases that were each asked several times; a rate is null where no case has enough repeats. */
export type RepeatStatistics = {
  k: number;
  /** Cases with k or more repeats, which the two rates are over. */
  n: number;
  /** Cases with fewer, because some ended in errors. */
  tooFew: number;
  /** The chance that at least one of k tries passes. */
  passAtK: Rate | null;
  /** The chance that all of k tries pass. */
  passHatK: Rate | null;
  /** Of the cases asked more than once, those that neither always passed nor always failed, with Wilson's interval. */
  flaky: { count: number; n: number; share: number; interval: Interval } | null;
};

/** A mean over cases, its standard error and its 95 % interval, clustered over groups; with groups of several cases by Student's t for their number. */
type Rate = { value: number; standardError: number; interval: Interval };

/** pass@k and pass^k averaged over cases, with errors clustered over their groups, and the share of flaky cases. */
export function repeatStatistics(cases: readonly RepeatedCase[], k: number): RepeatStatistics {
  const counted = cases.filter(({ repeats }) => repeats >= k);
  const repeated = cases.filter(({ repeats }) => repeats > 1);
  const flaky = repeated.filter(isFlaky).length;
  return {
    k,
    n: counted.length,
    tooFew: cases.length - counted.length,
    passAtK: rateOver(counted, ({ passed, repeats }) => passAtK({ passed, repeats, k })),
    passHatK: rateOver(counted, ({ passed, repeats }) => passHatK({ passed, repeats, k })),
    flaky:
      repeated.length === 0
        ? null
        : {
            count: flaky,
            n: repeated.length,
            share: flaky / repeated.length,
            interval: wilsonInterval(flaky, repeated.length),
          },
  };
}

/** Whether some repeats passed and some failed. */
export const isFlaky = ({ passed, repeats }: Pick<RepeatedCase, 'passed' | 'repeats'>): boolean =>
  passed > 0 && passed < repeats;

/**
 * The chance that at least one of k tries passes, 1 − C(n−c, k)/C(n, k) of n repeats with c passed: Chen et al. (2021), arXiv 2107.03374,
 * which unlike 1 − (1 − c/n)^k is right on average.
 */
export function passAtK({ passed, repeats, k }: { passed: number; repeats: number; k: number }): number {
  return 1 - passHatK({ passed: repeats - passed, repeats, k });
}

/** The chance that all of k tries pass, C(c, k)/C(n, k) of n repeats with c passed: Yao et al. (2024), arXiv 2406.12045. */
export function passHatK({ passed, repeats, k }: { passed: number; repeats: number; k: number }): number {
  requireCounts({ repeats });
  requireCounts({ passed, k }, repeats);
  let share = 1;
  for (let drawn = 0; drawn < k; drawn++) share *= Math.max(0, passed - drawn) / (repeats - drawn);
  return share;
}

function rateOver(cases: readonly RepeatedCase[], of: (item: RepeatedCase) => number): Rate | null {
  if (cases.length === 0) return null;
  const groups = Map.groupBy(cases, (item, index) => item.group ?? index);
  const { mean, standardError, interval } = clusteredMean([...groups.values()].map((members) => members.map(of)));
  const count = groups.size;
  // Where all cases agree the clustered error is 0, which no sample of groups can show; Wilson over the groups says what they can.
  if (standardError < ROUNDING)
    return { value: mean, standardError, interval: wilsonInterval(Math.round(mean * count), count) };
  if (count === cases.length) return { value: mean, standardError, interval };
  // Groups are often few: Cameron and Miller (2015), J. Human Resources 50, 317–372.
  const halfWidth = studentQuantile(count - 1) * Math.sqrt(count / (count - 1)) * standardError;
  return { value: mean, standardError, interval: intervalAround(mean, halfWidth, [0, 1]) };
}
