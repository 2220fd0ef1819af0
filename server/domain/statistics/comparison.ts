import { detectablePairedDifference } from './detectable-effect.ts';
import { costOfLook, holdoutPValue } from './holdout-look.ts';
import type { Interval } from './interval.ts';
import { exactCasesForDifference, exactDetectableDifference } from './mcnemar-power.ts';
import { fewestFlipsForSignificance, mcnemarExact } from './mcnemar-test.ts';
import { pairedDifference } from './paired-difference.ts';

const usualLevel = 0.05;

/** `error`: there was no usable reply, so that nothing can be said about the case. */
export type RepeatOutcome = 'passed' | 'failed' | 'error';

/** What became of each case of a run, one outcome a repeat: a map, or what reads one. */
export type CaseOutcomes<K extends string | number> = {
  keys(): Iterable<K>;
  get(key: K): readonly RepeatOutcome[] | undefined;
};

export type Verdict = 'better' | 'worse' | "can't tell";
export type ComparisonGroup = 'fixed' | 'broken' | 'bothPass' | 'bothFail';

/** Two runs paired by case. */
export type Comparison<K extends string | number> = Record<ComparisonGroup, number> & {
  /** Cases that both runs judged. */
  n: number;
  /** Cases with an error on any repeat of either run, or missing in one. */
  excluded: number;
  /** Candidate's pass rate − baseline's, over the n cases. */
  difference: number;
  interval: Interval;
  pValue: number;
  /** By the exact p alone: the interval is an approximation, and the two may disagree near .05. */
  verdict: Verdict;
  /** The smallest true difference found with power .8 at the observed share of flips, by the z test's power. */
  detectable: number | null;
  /** The same by the exact test's own power, at the level that the look leaves. */
  exactDetectable: number | null;
  /** Cases on which a true difference of 5 points would be found with power .8 at this share of flips; null where fewer than one in twenty flip. */
  casesForFivePoints: number | null;
  /** Which look at the holdout cases this comparison belongs to; null where it is not over holdout cases alone. */
  look: number | null;
  /** False where so few cases flipped that no verdict but "can't tell" was possible. */
  enoughFlips: boolean;
  cases: Readonly<Record<ComparisonGroup, readonly K[]>>;
};

/** Compares two runs case by case. A case passes when all of its repeats pass. */
export function compareRuns<K extends string | number>(runs: {
  baseline: CaseOutcomes<K>;
  candidate: CaseOutcomes<K>;
  look?: number | null;
}): Comparison<K> {
  const { look = null } = runs;
  const { cases, excluded } = pairCases(runs.baseline, runs.candidate);
  const [fixed, broken] = [cases.fixed.length, cases.broken.length];
  const [bothPass, bothFail] = [cases.bothPass.length, cases.bothFail.length];
  const n = fixed + broken + bothPass + bothFail;
  const pValue = mcnemarExact(broken, fixed);
  return {
    n,
    fixed,
    broken,
    bothPass,
    bothFail,
    excluded,
    pValue,
    cases,
    ...pairedDifference({ broken, fixed, n }),
    verdict: verdictOf(pValue, { fixed, broken }),
    detectable: n === 0 ? null : detectablePairedDifference({ n, flipShare: (fixed + broken) / n }),
    ...exactPower({ n, flips: fixed + broken, look }),
    look,
    enoughFlips: fixed + broken >= fewestFlipsForSignificance,
  };
}

function exactPower({ n, flips, look }: { n: number; flips: number; look: number | null }) {
  if (n === 0) return { exactDetectable: null, casesForFivePoints: null };
  const plan = { n, flipShare: flips / n, level: usualLevel / costOfLook(look ?? 1) };
  return {
    exactDetectable: exactDetectableDifference(plan),
    casesForFivePoints: exactCasesForDifference({ ...plan, difference: 0.05 }),
  };
}

/** The p-value as the look at holdout cases leaves it; a correction for several comparisons comes after it. */
export const pValueAtLook = ({ pValue, look }: Pick<Comparison<string>, 'pValue' | 'look'>): number =>
  look === null ? pValue : holdoutPValue(pValue, look);

/** Better or worse only where p < .05, whether raw or corrected for several comparisons. */
export const verdictOf = (pValue: number, { fixed, broken }: { fixed: number; broken: number }): Verdict =>
  pValue >= usualLevel ? "can't tell" : fixed > broken ? 'better' : 'worse';

function pairCases<K extends string | number>(baseline: CaseOutcomes<K>, candidate: CaseOutcomes<K>) {
  const cases: Record<ComparisonGroup, K[]> = { fixed: [], broken: [], bothPass: [], bothFail: [] };
  let excluded = 0;
  for (const key of baseline.keys()) {
    const before = passes(baseline.get(key));
    const after = passes(candidate.get(key));
    if (before === null || after === null) excluded++;
    else if (before) cases[after ? 'bothPass' : 'broken'].push(key);
    else cases[after ? 'fixed' : 'bothFail'].push(key);
  }
  for (const key of candidate.keys()) if (baseline.get(key) === undefined) excluded++;
  return { cases, excluded };
}

/** Null where the run did not judge the case. */
function passes(repeats: readonly RepeatOutcome[] = []): boolean | null {
  if (repeats.length === 0 || repeats.includes('error')) return null;
  return repeats.every((outcome) => outcome === 'passed');
}
