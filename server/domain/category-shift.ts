import { holmCorrected } from './statistics/holm.ts';
import type { Interval } from './statistics/interval.ts';
import { mcnemarExact } from './statistics/mcnemar-test.ts';
import { pairedDifference } from './statistics/paired-difference.ts';

/** One run: the categories that each judged case failed for, none where it passed. */
export type SortedCases = ReadonlyMap<string, readonly string[]>;

/** What became of a category from one run to another, over the cases that both judged. */
export type CategoryShift = {
  category: string;
  before: number;
  after: number;
  /** Cases that no longer fail for it, and cases that do so newly. */
  gone: number;
  arisen: number;
  /** Change of its share of the cases. */
  difference: number;
  interval: Interval;
  /** Exact, corrected by Holm over the categories. */
  pValue: number;
  verdict: 'fewer' | 'more' | "can't tell";
};

const LEVEL = 0.05;

/** How the reasons of failures shifted, case by case; the most frequent ones first. A case that fails for another reason than before is gone from the one and arisen in the other. */
export function categoryShifts(before: SortedCases, after: SortedCases): { n: number; shifts: CategoryShift[] } {
  const both = [...before.keys()].filter((key) => after.has(key));
  const categories = new Set(both.flatMap((key) => [...(before.get(key) ?? []), ...(after.get(key) ?? [])]));
  const counted = [...categories].map((category) => {
    const counts = { category, before: 0, after: 0, gone: 0, arisen: 0 };
    for (const key of both) {
      const was = before.get(key)?.includes(category) ?? false;
      const is = after.get(key)?.includes(category) ?? false;
      counts.before += Number(was);
      counts.after += Number(is);
      counts.gone += Number(was && !is);
      counts.arisen += Number(is && !was);
    }
    return counts;
  });
  const pValues = holmCorrected(counted.map(({ gone, arisen }) => mcnemarExact(gone, arisen)));
  const shifts = counted.map((counts, index): CategoryShift => {
    const { gone, arisen } = counts;
    const pValue = pValues[index] ?? 1;
    const verdict = pValue >= LEVEL ? "can't tell" : gone > arisen ? 'fewer' : 'more';
    return { ...counts, ...pairedDifference({ broken: gone, fixed: arisen, n: both.length }), pValue, verdict };
  });
  const most = ({ before: was, after: is }: CategoryShift): number => Math.max(was, is);
  return {
    n: both.length,
    shifts: shifts.sort((a, b) => most(b) - most(a) || (a.category < b.category ? -1 : 1)),
  };
}
