import type { RunId } from '../../domain/ids.ts';
import { type RepeatedCase, type RepeatStatistics, repeatStatistics } from '../../domain/statistics/repeats.ts';
import type { FlakyCase } from '../../storage/repeat-store.ts';
import type { Workbench } from '../workbench.ts';

type Rates = Pick<RepeatStatistics, 'k' | 'n' | 'tooFew' | 'passAtK' | 'passHatK'>;

/** What repeats and groups of cases say of a run. */
export type RunRepeats = {
  /** pass@k and pass^k for k = 1 … repeats; empty where each case was asked once. */
  rates: Rates[];
  flaky: RepeatStatistics['flaky'];
  /** The first of the flaky cases, those nearest to half first. */
  flakyCases: FlakyCase[];
  /** Where cases belong together: how many are in how many groups, and the pass rate with its error clustered over these. */
  groups: { cases: number; groups: number; passRate: NonNullable<RepeatStatistics['passAtK']> } | null;
};

const nothing: RunRepeats = { rates: [], flaky: null, flakyCases: [], groups: null };
/** Flaky cases that are named; all of them can be found among the results. */
const mostNamed = 20;

/** pass@k, pass^k and flaky cases of a run with repeats, and its pass rate over groups of cases where there are any. Throws `run_missing`. */
export async function runRepeats({ stores }: Pick<Workbench, 'stores'>, id: RunId): Promise<RunRepeats> {
  const { repeats, stopAtRate } = (await stores.runs.get(id)).settings;
  // Over groups there is no interval here that holds however often it is looked at, which a run that may end early needs.
  const grouped = stopAtRate === null && (await stores.repeats.hasGroups(id));
  if (repeats === 1 && !grouped) return nothing;
  const cases = (await stores.repeats.counts(id)).flatMap(({ cases, ...one }): RepeatedCase[] =>
    Array(cases).fill(one),
  );
  const statistics = Array.from({ length: repeats }, (_, index) => repeatStatistics(cases, index + 1));
  const [once] = statistics;
  const groups = new Set(cases.map(({ group }, index) => group ?? index)).size;
  return {
    rates: repeats === 1 ? [] : statistics.map(({ flaky: _, ...rates }) => rates),
    flaky: once?.flaky ?? null,
    flakyCases: repeats === 1 ? [] : await stores.repeats.flaky(id, mostNamed),
    groups:
      grouped && groups < cases.length && once?.passAtK != null
        ? { cases: cases.length, groups, passRate: once.passAtK }
        : null,
  };
}
