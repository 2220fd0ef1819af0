import type { ResultId } from './ids.ts';
import type { Outcome } from './scorer.ts';
import {
  type CaseOutcomes,
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
  digest: number;
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
export type AlignedPair = Omit<Comparison<number>, 'cases'> & {
  /** By Holm over all pairs; the raw p where there is only one. */
  correctedPValue: number;
  correctedVerdict: Verdict;
  /** Paired cases without an answer, before and after, and what of the change is only that outputs became readable or stopped being so. */
  noAnswer: { before: number; after: number; fixed: number; broken: number };
};

export type RunAlignment = { pairs: AlignedPair[]; cases: AlignedCase[] };

const order: readonly AlignedGroup[] = ['broken', 'fixed', 'bothFail', 'bothPass', 'excluded'];

/** What became of all cases in one run, each at its place among them. */
type Outcomes = readonly (CaseOutcome | undefined)[];
type Changes = AlignedCase['changes'];

/** Aligns runs by case, each against the first: broken and fixed cases first, those that most runs changed at their head. */
export function alignRuns(runs: readonly ReadonlyMap<string, CaseOutcome>[]): RunAlignment {
  const keys = [...new Set(runs.flatMap((run) => [...run.keys()]))];
  const aligned = runs.map((run): Outcomes => keys.map((key) => run.get(key)));
  const [baseline = [], ...candidates] = aligned;
  const compared = candidates.map((candidate) => comparePair(baseline, candidate));
  const corrected = holmCorrected(compared.map(({ pair }) => pair.pValue));
  const pairs = compared.map(({ pair }, index): AlignedPair => {
    const correctedPValue = corrected[index] ?? pair.pValue;
    return { ...pair, correctedPValue, correctedVerdict: verdictOf(correctedPValue, pair) };
  });
  const places = new Places(runs.length);
  // Cases that changed alike share what it says: of a long run there are few that differ.
  const known = new Map<string, Changes>();
  for (const [at, key] of keys.entries()) {
    const own: Changes = [null, ...compared.map(({ groups }) => groups[at] ?? null)];
    const named = own.join();
    const changes = known.get(named) ?? own;
    known.set(named, changes);
    const outcomes = aligned.map((run) => run[at]);
    const results = outcomes.map((outcome) => outcome?.resultId ?? null);
    places.put({ key, group: groupOf(changes), results, changes, differs: differ(outcomes) });
  }
  return { pairs, cases: places.inOrder() };
}

/** Cases by group and by how many runs changed them: in order without comparing each with others, which takes long for many. */
class Places {
  readonly #runs: number;
  readonly #cases: AlignedCase[][];

  constructor(runs: number) {
    this.#runs = runs;
    this.#cases = Array.from({ length: order.length * runs }, () => []);
  }

  put(one: AlignedCase): void {
    // A case is changed in each run but the baseline at most.
    const place = order.indexOf(one.group) * this.#runs + this.#runs - 1 - flips(one);
    this.#cases[place]?.push(one);
  }

  inOrder(): AlignedCase[] {
    return this.#cases.flat();
  }
}

function comparePair(baseline: Outcomes, candidate: Outcomes) {
  const { cases, ...comparison } = compareRuns({ baseline: repeatsOf(baseline), candidate: repeatsOf(candidate) });
  const groups: (ComparisonGroup | undefined)[] = Array.from(baseline, () => undefined);
  for (const group of ['broken', 'fixed', 'bothFail', 'bothPass'] as const) {
    for (const at of cases[group]) groups[at] = group;
  }
  const isUnread = (of: Outcomes) => (at: number) => of[at]?.outcome === 'no_answer';
  const paired = Object.values(cases).flat();
  const noAnswer = {
    before: paired.filter(isUnread(baseline)).length,
    after: paired.filter(isUnread(candidate)).length,
    fixed: cases.fixed.filter(isUnread(baseline)).length,
    broken: cases.broken.filter(isUnread(candidate)).length,
  };
  return { groups, pair: { ...comparison, noAnswer } };
}

const repeatsOf = (outcomes: Outcomes): CaseOutcomes<number> => ({
  keys: () => [...outcomes.keys()].filter((at) => outcomes[at] !== undefined),
  get: (at) => outcomes[at]?.repeats,
});

const differ = ([first, ...others]: readonly (CaseOutcome | undefined)[]): boolean =>
  others.some((other) => other?.outcome !== first?.outcome || other?.digest !== first?.digest);

/** All changes of a case start from the same baseline, so that it is never fixed in one run and broken in another. */
function groupOf(changes: Changes): AlignedGroup {
  return order.find((group) => group !== 'excluded' && changes.includes(group)) ?? 'excluded';
}

const flips = ({ changes }: AlignedCase): number =>
  changes.filter((change) => change === 'fixed' || change === 'broken').length;
