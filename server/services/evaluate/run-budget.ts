import { judgingCost } from '../../domain/result.ts';
import type { FinishedItem } from '../../storage/result-row.ts';

/**
 * Keeps a run within its cost cap though answers are under way whose cost is not known yet: each is taken to cost as much as the costliest before it, and
 * at least what its text lets expect. Until one is known they go one at a time.
 */
export class RunBudget {
  readonly #capUsd: number | null;
  #reservedUsd = 0;
  /** Of a call and of judging its answer; null before the first. */
  #costliest: { call: number; judging: number } | null = null;

  constructor(capUsd: number | null) {
    this.#capUsd = capUsd;
  }

  /** Whether the next item has to wait for those under way, so that what they cost is known. */
  get isFirst(): boolean {
    return this.#capUsd !== null && this.#costliest === null;
  }

  /** What an item may cost; `estimateUsd` is null where its answer is there already. */
  expected(estimateUsd: number | null): number {
    const { call, judging } = this.#costliest ?? { call: 0, judging: 0 };
    return (estimateUsd === null ? 0 : Math.max(estimateUsd, call)) + judging;
  }

  allows(costUsd: number, spentUsd: number): boolean {
    return this.#capUsd === null || spentUsd + this.#reservedUsd + costUsd <= this.#capUsd;
  }

  /** Holds back what an item may cost; returns how it is given back. */
  reserve(costUsd: number): () => void {
    this.#reservedUsd += costUsd;
    return () => {
      this.#reservedUsd -= costUsd;
    };
  }

  learn({ result, judgement }: Pick<FinishedItem, 'result' | 'judgement'>): void {
    if (result.calls === 0) return;
    const call = result.type === 'reply' ? (result.reply.costUsd ?? 0) : 0;
    const judging = judgement === null ? 0 : (judgingCost(judgement) ?? 0);
    const before = this.#costliest ?? { call: 0, judging: 0 };
    this.#costliest = { call: Math.max(before.call, call), judging: Math.max(before.judging, judging) };
  }
}
