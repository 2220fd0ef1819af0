import type { ResultId } from './ids.ts';
import type { Outcome } from './scorer.ts';
import {
  type Comparison,
  type ComparisonGroup,
  compareRuns,
  type RepeatOutcome,
  type Verdict,
  verdictOf,
} from './statistics/comparison.ts';
import { holmCorrected } from './statistics/holm.ts';

/** What became of one case in one run. */
export type CaseOutcome = {
  key: string;
  /** Of several repeats, the one that decides: the first that did not pass. */
  resultId: ResultId;
  outcome: Outcome | 'error';
  /** One a repeat. */
  repeats: readonly RepeatOutcome[];
  /** The same where all outputs are the same. */
  digest: string;
};

/** `excluded`: the baseline did not judge it, or no other run did. */
export type AlignedGroup = ComparisonGroup | 'excluded';

/** A case over all runs, in their order; null where a run does not have it. */
export type AlignedCase = {
  key: string;
  /** Against the baseline: broken or fixed where it is that in any of the others. */
  group: AlignedGroup;
  results: readonly (ResultId | null)[];
  /** What became of it against the baseline; null for the baseline itself and where the pair did not judge it. */
  changes: readonly (ComparisonGroup | null)[];
  /** Whether any two runs answered it differently, in words or in what became of it. */
  differs: boolean;
};

/** One run against the baseline. */
export type AlignedPair = Omit<Comparison<string>, 'cases'> & {
  /** By Holm over all pairs; the raw p where there is only one. */
  correctedPValue: number;
  correctedVerdict: Verdict;
  /** Paired cases without an answer, before and after, and what of the change is only that outputs became readable or stopped being so. */
  noAnswer: { before: number; after: number; fixed: number; broken: number };
};

export type RunAlignment = { pairs: AlignedPair[]; cases: AlignedCase[] };

const order: readonly AlignedGroup[] = ['broken', 'fixed', 'bothFail', 'bothPass', 'excluded'];

/** Aligns runs by case, each against the first: broken and fixed cases first, those that most runs changed at their head. */
export function alignRuns(runs: readonly ReadonlyMap<string, CaseOutcome>[]): RunAlignment {
  const [baseline = new Map<string, CaseOutcome>(), ...candidates] = runs;
  const compared = candidates.map((candidate) => comparePair(baseline, candidate));
  const corrected = holmCorrected(compared.map(({ pair }) => pair.pValue));
  const pairs = compared.map(({ pair }, index): AlignedPair => {
    const correctedPValue = corrected[index] ?? pair.pValue;
    return { ...pair, correctedPValue, correctedVerdict: verdictOf(correctedPValue, pair) };
  });
  const keys = new Set(runs.flatMap((run) => [...run.keys()]));
  const cases = [...keys].map((key): AlignedCase => {
    const outcomes = runs.map((run) => run.get(key));
    const changes = [null, ...compared.map(({ groups }) => groups.get(key) ?? null)];
    return {
      key,
      group: groupOf(changes),
      results: outcomes.map((outcome) => outcome?.resultId ?? null),
      changes,
      differs: new Set(outcomes.map((one) => one && `${one.outcome} ${one.digest}`)).size > 1,
    };
  });
  return { pairs, cases: cases.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || flips(b) - flips(a)) };
}

type Outcomes = ReadonlyMap<string, CaseOutcome>;

function comparePair(baseline: Outcomes, candidate: Outcomes) {
  const { cases, ...comparison } = compareRuns({ baseline: repeatsOf(baseline), candidate: repeatsOf(candidate) });
  const groups = new Map<string, ComparisonGroup>();
  for (const group of ['broken', 'fixed', 'bothFail', 'bothPass'] as const) {
    for (const key of cases[group]) groups.set(key, group);
  }
  const unread = (outcomes: Outcomes, keys: Iterable<string>) =>
    [...keys].filter((key) => outcomes.get(key)?.outcome === 'no_answer').length;
  const noAnswer = {
    before: unread(baseline, groups.keys()),
    after: unread(candidate, groups.keys()),
    fixed: unread(baseline, cases.fixed),
    broken: unread(candidate, cases.broken),
  };
  return { groups, pair: { ...comparison, noAnswer } };
}

const repeatsOf = (outcomes: Outcomes) => new Map([...outcomes].map(([key, { repeats }]) => [key, repeats]));

/** All changes of a case start from the same baseline, so that it is never fixed in one run and broken in another. */
function groupOf(changes: readonly (ComparisonGroup | null)[]): AlignedGroup {
  return order.find((group) => group !== 'excluded' && changes.includes(group)) ?? 'excluded';
}

const flips = ({ changes }: AlignedCase): number =>
  changes.filter((change) => change === 'fixed' || change === 'broken').length;
