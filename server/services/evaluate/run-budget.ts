import { judgingCost } from '../../domain/result.ts';
import type { FinishedItem } from '../../storage/result-row.ts';

/**
 * Keeps a run within its cost cap though answers are under way whose cost is not known yet: each is taken to cost as much as the costliest before it, and
 * at least what its text lets expect. Until one is known they go one at a time.
 */
export class RunBudget {
  readonly #capUsd: number | null;
  #reservedUsd = 0;
  /** Of calls and of judging their answers; null before the first. */
  #costliest: { call: number | null; judging: number | null } = { call: null, judging: null };

  constructor(capUsd: number | null) {
    this.#capUsd = capUsd;
  }

  /** Whether an item has to wait for those under way, so that what they cost is known; `answered` where its answer is there already, and only judged. */
  isFirst({ answered }: { answered: boolean }): boolean {
    const { call, judging } = this.#costliest;
    return this.#capUsd !== null && (judging === null || (call === null && !answered));
  }

  /** What an item may cost; `estimateUsd` is null where its answer is there already. */
  expected(estimateUsd: number | null): number {
    const { call, judging } = this.#costliest;
    return (estimateUsd === null ? 0 : Math.max(estimateUsd, call ?? 0)) + (judging ?? 0);
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
    const { call, judging } = this.#costliest;
    const cost = result.type === 'reply' ? (result.reply.costUsd ?? 0) : 0;
    this.#costliest = {
      call: result.calls === 0 ? call : Math.max(call ?? 0, cost),
      judging: judgement === null ? judging : Math.max(judging ?? 0, judgingCost(judgement) ?? 0),
    };
  }
}
