import type { ResultId } from './ids.ts';
import type { Outcome } from './scorer.ts';
import {
  type CaseOutcomes,
  type Comparison,
  type ComparisonGroup,
  compareRuns,
  pValueAtLook,
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
};

/** One run against the baseline. */
export type AlignedPair = Omit<Comparison<number>, 'cases'> & {
  /** For the look at holdout cases, then by Holm over all pairs; the raw p where there is one pair and one look. */
  correctedPValue: number;
  correctedVerdict: Verdict;
  /** Paired cases without an answer, before and after, and what of the change is only that outputs became readable or stopped being so. */
  noAnswer: { before: number; after: number; fixed: number; broken: number };
};

export type RunAlignment = { pairs: AlignedPair[]; cases: AlignedCase[] };

const order: readonly AlignedGroup[] = ['broken', 'fixed', 'bothFail', 'bothPass', 'excluded'];

/** What became of all cases in one run, each at its place among them. */
type Outcomes = readonly (CaseOutcome | undefined)[];
/** Several runs, case by case. */
export type CaseTable = { keys: readonly string[]; runs: readonly Outcomes[] };
type Changes = AlignedCase['changes'];

/**
 * Aligns runs by case, each against the first: broken and fixed cases first, those that most runs changed at their head. Makes nothing for each case but what
 * it gives back: runs may have 100,000. `looks`: for each run but the first, which look at the holdout cases its comparison belongs to.
 */
export function alignRuns({ keys, runs }: CaseTable, looks: readonly (number | null)[] = []): RunAlignment {
  const [baseline = [], ...candidates] = runs;
  const compared = candidates.map((candidate, index) => comparePair(baseline, candidate, looks[index] ?? null));
  const corrected = holmCorrected(compared.map(({ pair }) => pValueAtLook(pair)));
  const pairs = compared.map(({ pair }, index): AlignedPair => {
    const correctedPValue = corrected[index] ?? pValueAtLook(pair);
    return { ...pair, correctedPValue, correctedVerdict: verdictOf(correctedPValue, pair) };
  });
  const places = new Places(compared.map(({ groups }) => groups));
  for (const [at, key] of keys.entries()) {
    const { group, changes, cases } = places.of(at);
    const results = runs.map((run) => run[at]?.resultId ?? null);
    cases.push({ key, group, results, changes });
  }
  return { pairs, cases: places.inOrder() };
}

/** The cases that any two runs answered differently, in words or in what became of them, by what stands for each run's answers to a case. */
export function differingCases(runs: readonly ReadonlyMap<string, number>[]): Set<string> {
  const [first] = runs;
  const keys = new Set<string>();
  for (const run of runs) {
    for (const [key, digest] of run) if (digest !== first?.get(key)) keys.add(key);
    if (run !== first) for (const key of first?.keys() ?? []) if (!run.has(key)) keys.add(key);
  }
  return keys;
}

type Groups = readonly (ComparisonGroup | undefined)[];
type Place = { changes: Changes; group: AlignedGroup; cases: AlignedCase[] };

/** Cases by what became of them, which those that changed alike share: in order without comparing each case with others. */
class Places {
  readonly #groups: readonly Groups[];
  readonly #places = new Map<number, Place>();

  /** What became of all cases in each run but the baseline. */
  constructor(groups: readonly Groups[]) {
    this.#groups = groups;
  }

  of(at: number): Place {
    let code = 0;
    for (const groups of this.#groups) code = code * order.length + order.indexOf(groups[at] ?? 'excluded');
    const known = this.#places.get(code);
    if (known !== undefined) return known;
    const changes = [null, ...this.#groups.map((groups) => groups[at] ?? null)];
    const place = { changes, group: groupOf(changes), cases: [] };
    this.#places.set(code, place);
    return place;
  }

  inOrder(): AlignedCase[] {
    const rank = ({ group }: Place) => order.indexOf(group);
    const places = [...this.#places.values()];
    return places
      .sort((a, b) => rank(a) - rank(b) || flips(b.changes) - flips(a.changes))
      .flatMap(({ cases }) => cases);
  }
}

function comparePair(baseline: Outcomes, candidate: Outcomes, look: number | null) {
  const outcomes = { baseline: repeatsOf(baseline), candidate: repeatsOf(candidate) };
  const { cases, ...comparison } = compareRuns({ ...outcomes, look });
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
  *keys() {
    for (const at of outcomes.keys()) if (outcomes[at] !== undefined) yield at;
  },
  get: (at) => outcomes[at]?.repeats,
});

/** All changes of a case start from the same baseline, so that it is never fixed in one run and broken in another. */
function groupOf(changes: Changes): AlignedGroup {
  return order.find((group) => group !== 'excluded' && changes.includes(group)) ?? 'excluded';
}

const flips = (changes: Changes): number =>
  changes.filter((change) => change === 'fixed' || change === 'broken').length;
