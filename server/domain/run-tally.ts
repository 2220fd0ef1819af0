import { type Judgement, judgingCost, type Result } from './result.ts';
import type { RateSummary, RunSettings, RunSummary } from './run.ts';
import type { Outcome } from './scorer.ts';
import type { Split } from './split.ts';
import { anytimeInterval } from './statistics/confidence-sequence.ts';
import type { Interval } from './statistics/interval.ts';
import { wilsonInterval } from './statistics/wilson-interval.ts';

/** What a finished item adds to the counts. */
export type TallyItem = {
  split: Split;
  /** What was counted of the item before, in whose place it comes; null where nothing was. */
  replaces: Outcome | 'error' | null;
  judgement: Judgement | null;
} & (Pick<Extract<Result, { type: 'reply' }>, 'type' | 'reply'> | Pick<Extract<Result, { type: 'error' }>, 'type'>);

type Counts = Pick<RateSummary, 'passed' | 'failed' | 'noAnswer' | 'errors'>;

/** The summary of a run while it executes, kept by adding each item instead of counting all again. */
export class RunTally {
  readonly #start: RunSummary;
  readonly #repeats: number;
  readonly #interval: (passed: number, n: number) => Interval;
  readonly #all: Counts;
  readonly #bySplit: Partial<Record<Split, Counts>>;
  readonly #spent: Pick<
    RunSummary,
    'done' | 'cached' | 'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'costUsd' | 'judgingCostUsd'
  >;

  constructor(start: RunSummary, { repeats, stopAtRate }: Pick<RunSettings, 'repeats' | 'stopAtRate'>) {
    this.#start = start;
    this.#repeats = repeats;
    this.#interval = stopAtRate === null ? wilsonInterval : anytimeInterval;
    this.#all = countsOf(start);
    this.#bySplit = Object.fromEntries(Object.entries(start.bySplit).map(([split, rates]) => [split, countsOf(rates)]));
    const { done, cached, inputTokens, outputTokens, cachedInputTokens, costUsd, judgingCostUsd } = start;
    this.#spent = { done, cached, inputTokens, outputTokens, cachedInputTokens, costUsd, judgingCostUsd };
  }

  /** What was spent so far, on answers and on judging. */
  get costUsd(): number {
    return (this.#spent.costUsd ?? 0) + (this.#spent.judgingCostUsd ?? 0);
  }

  get errors(): number {
    return this.#all.errors;
  }

  add(item: TallyItem): void {
    this.#bySplit[item.split] ??= { passed: 0, failed: 0, noAnswer: 0, errors: 0 };
    for (const counts of [this.#all, this.#bySplit[item.split]]) if (counts !== undefined) count(counts, item);
    if (item.replaces === null) this.#spent.done += 1;
    if (item.judgement !== null)
      this.#spent.judgingCostUsd = added(this.#spent.judgingCostUsd, judgingCost(item.judgement));
    if (item.type === 'error') return;
    const { usage, costUsd, fromCache } = item.reply;
    if (fromCache) {
      this.#spent.cached += 1;
      return;
    }
    this.#spent.inputTokens += usage.inputTokens;
    this.#spent.outputTokens += usage.outputTokens;
    this.#spent.cachedInputTokens += usage.cachedInputTokens;
    this.#spent.costUsd = added(this.#spent.costUsd, costUsd);
  }

  /** With repeats the interval needs all results of each case, and is null until the run rests. */
  summary(wallMs: number): RunSummary {
    const rates = (counts: Counts): RateSummary => {
      const judged = counts.passed + counts.failed;
      // Which cases they belong to is counted when the run rests.
      const n = Math.ceil(judged / this.#repeats);
      if (n === 0) return { ...counts, n, passRate: null, interval: null };
      return {
        ...counts,
        n,
        passRate: counts.passed / judged,
        interval: this.#repeats === 1 ? this.#interval(counts.passed, n) : null,
      };
    };
    const bySplit = Object.fromEntries(Object.entries(this.#bySplit).map(([split, counts]) => [split, rates(counts)]));
    return { ...this.#start, ...rates(this.#all), ...this.#spent, bySplit, wallMs };
  }
}

const added = (before: number | null, cost: number | null) => (before === null || cost === null ? null : before + cost);

const countsOf = ({ passed, failed, noAnswer, errors }: Counts): Counts => ({ passed, failed, noAnswer, errors });

function count(counts: Counts, item: TallyItem): void {
  if (item.replaces !== null) countOne(counts, item.replaces, -1);
  countOne(counts, item.type === 'error' ? 'error' : (item.judgement?.outcome ?? 'failed'), 1);
}

function countOne(counts: Counts, outcome: Outcome | 'error', by: 1 | -1): void {
  if (outcome === 'error') counts.errors += by;
  else if (outcome === 'passed') counts.passed += by;
  else counts.failed += by;
  if (outcome === 'no_answer') counts.noAnswer += by;
}
