import { CaseTally, codeOf, noCounts } from './case-tally.ts';
import type { CaseCounts } from './rate-summary.ts';
import type { RepeatOutcome } from './statistics/comparison.ts';

/** What one scorer said of one result, without its words. */
export type Said = {
  scorer: string;
  passed: boolean;
  /** Null where it found no answer. */
  value: number | null;
  /** It could not judge. */
  failed: boolean;
  /** What the run's scorer said itself, and not one that the case holds in its place. */
  asTyped: boolean;
};
/** What one scorer said of all cases, and the sum of its `values` over `valued` results. */
export type MetricCounts = { scorer: string; cases: CaseCounts[]; values: number; valued: number };

type Metric = { tally: CaseTally; values: number; valued: number };

export const outcomeSaid = ({ failed, passed }: Said): RepeatOutcome =>
  failed ? 'error' : passed ? 'passed' : 'failed';

/** Counts by scorer alone. The results of a case must come one after the other. */
export class MetricTally {
  readonly #metrics = new Map<string, Metric>();
  readonly #current = new Map<string, CaseCounts>();
  #caseId = 0;

  add({ caseId, said }: { caseId: number; said: readonly Said[] }): void {
    if (caseId !== this.#caseId) this.#putCurrent();
    this.#caseId = caseId;
    for (const one of said) {
      const counts = this.#current.get(one.scorer) ?? noCounts();
      this.#current.set(one.scorer, counts);
      count(counts, one);
      const metric = this.#metrics.get(one.scorer) ?? { tally: new CaseTally(), values: 0, valued: 0 };
      this.#metrics.set(one.scorer, metric);
      if (one.value === null) continue;
      metric.values += one.value;
      metric.valued += 1;
    }
  }

  /** In the order in which the scorers spoke first. */
  counts(): MetricCounts[] {
    this.#putCurrent();
    return [...this.#metrics].map(([scorer, { tally, values, valued }]) => ({
      scorer,
      cases: tally.counts(),
      values,
      valued,
    }));
  }

  #putCurrent(): void {
    for (const [scorer, counts] of this.#current) this.#metrics.get(scorer)?.tally.add(counts, codeOf(counts));
    this.#current.clear();
  }
}

function count(counts: CaseCounts, said: Said): void {
  const outcome = outcomeSaid(said);
  if (outcome === 'error') counts.errors += 1;
  else counts[outcome] += 1;
  if (!said.failed && said.value === null) counts.noAnswer += 1;
}
