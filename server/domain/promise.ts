import type { RateSummary } from './run.ts';
import type { ScorerSpec } from './scorer.ts';
import { formatScorerSpec } from './scorer-spec.ts';
import { holdoutPValue } from './statistics/holdout-look.ts';
import { holmCorrected } from './statistics/holm.ts';
import type { Interval } from './statistics/interval.ts';
import {
  detectableBetween,
  fisherExact,
  independentDifference,
  type Proportion,
} from './statistics/two-proportions.ts';

/** A drop of so much that production is no longer as promised, where it can be ruled out. */
export const promiseMargin = 0.05;

/**
 * `worse`, `better`: the corrected p lies below .05. `as_promised`: neither, and the interval rules out a drop of `promiseMargin` or more. `cant_tell`: the samples
 * are too small for either.
 */
export type PromiseVerdict = 'as_promised' | 'worse' | 'better' | 'cant_tell';

/** What one side came to: cases or calls that were judged, and errors beside them. */
export type SideRate = Pick<RateSummary, 'passed' | 'failed' | 'errors' | 'n' | 'passRate' | 'interval'>;

/** What one scorer said of an evaluation's cases and of production's calls: two independent samples. */
export type KeptPromise = {
  /** As it is typed, without a name or a weight. */
  scorer: string;
  promised: SideRate;
  shown: SideRate;
  /** Production's rate − the evaluation's. */
  difference: number;
  interval: Interval;
  pValue: number;
  /** For the look at holdout cases, then by Holm over the scorers. */
  correctedPValue: number;
  verdict: PromiseVerdict;
  /** About the smallest true difference that these samples show with power .8. */
  detectable: number | null;
};

/** Sets the scorers that both sides have side by side; `look` is that of the evaluation at holdout cases, null on dev. Those of which one side judged nothing can't be told. */
export function comparePromise(
  rates: readonly Pick<KeptPromise, 'scorer' | 'promised' | 'shown'>[],
  look: number | null,
): KeptPromise[] {
  const compared = rates.map(({ scorer, promised, shown }) => {
    const [before, after] = [proportionOf(promised), proportionOf(shown)];
    const pValue = fisherExact(before, after);
    const about = { ...independentDifference(before, after), pValue, detectable: detectableBetween(before, after) };
    return { scorer, promised, shown, ...about };
  });
  const corrected = holmCorrected(compared.map(({ pValue }) => (look === null ? pValue : holdoutPValue(pValue, look))));
  return compared.map((one, at) => {
    const correctedPValue = corrected[at] ?? 1;
    return { ...one, correctedPValue, verdict: verdictOf(correctedPValue, one) };
  });
}

function verdictOf(pValue: number, { difference, interval }: Pick<KeptPromise, 'difference' | 'interval'>) {
  if (pValue < 0.05) return difference < 0 ? 'worse' : 'better';
  return interval[0] > -promiseMargin ? 'as_promised' : 'cant_tell';
}

/**
 * Passes of n cases. With repeats a case counts by its mean: as many passes as the means add up to are a careful stand-in, for means between 0 and 1
 * vary no more than passes and fails with the same mean.
 */
const proportionOf = ({ passRate, n }: SideRate): Proportion => ({ passed: Math.round((passRate ?? 0) * n), n });

/** What two sides must have alike to be compared by a scorer: all but its weight and the name that its scores go by. */
export const scorerAlone = ({ metric: _, ...spec }: ScorerSpec): string => formatScorerSpec({ ...spec, weight: 1 });
