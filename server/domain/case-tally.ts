import type { CaseCounts } from './rate-summary.ts';

export const noCounts = (): CaseCounts => ({ passed: 0, failed: 0, noAnswer: 0, errors: 0 });

/** More repeats of a case than any run has. */
const BASE = 1_024;

/** The same number for cases that came to the same. */
export const codeOf = ({ passed, failed, noAnswer, errors }: CaseCounts): number =>
  passed + BASE * (failed + BASE * (noAnswer + BASE * errors));

/** Cases that came to the same are counted together: of any number of cases there are few that differ. */
export class CaseTally {
  readonly #alike = new Map<number, CaseCounts & { cases: number }>();
  size = 0;

  /** `code` is that of the counts, which a case that stands in several tallies has made once. */
  add(counts: CaseCounts, code: number): void {
    this.size += 1;
    const alike = this.#alike.get(code);
    if (alike === undefined) this.#alike.set(code, { ...counts, cases: 1 });
    else alike.cases += 1;
  }

  counts(): CaseCounts[] {
    return [...this.#alike.values()];
  }
}
