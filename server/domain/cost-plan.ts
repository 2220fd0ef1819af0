import type { TokenUsage } from './completion.ts';
import { costOf, type Price } from './price.ts';

/** By OpenAI's rule of thumb a token is ¾ of an English word: https://openai.com/api/pricing/ */
export const tokensOfWords = (words: number): number => (words * 4) / 3;

export const callPeriods = ['day', 'month'] as const;
export type CallPeriod = (typeof callPeriods)[number];

/** A month is a twelfth of 365 days. */
export const callsInMonth = (calls: number, per: CallPeriod): number => (per === 'month' ? calls : (calls * 365) / 12);

/** What is asked: tokens of a call (means, so they may be fractions), the share of calls that go in batches, 0..1, and how many calls there are. */
export type PlannedCalls = { usage: TokenUsage; batchShare: number; callsPerMonth: number };
/** USD. */
export type PlannedCost = {
  perCall: number;
  per1000: number;
  perMonth: number;
  perYear: number;
  /** 1,000 calls with no input cached and none in batches. */
  per1000Plain: number;
  /** 1,000 calls that all go in batches. */
  per1000Batch: number;
};

/** What calls would cost by a model's price; `batch` is what it asks in a batch. Null where the price isn't known. */
export function planCost(
  { usage, batchShare, callsPerMonth }: PlannedCalls,
  price: Price | null,
  batch: Price | null,
): PlannedCost | null {
  const live = costOf(price, usage);
  const plain = costOf(price, { ...usage, cachedInputTokens: 0 });
  const batched = costOf(batch, usage);
  if (live === null || plain === null || batched === null) return null;
  const perCall = (1 - batchShare) * live + batchShare * batched;
  return {
    perCall,
    per1000: 1000 * perCall,
    perMonth: callsPerMonth * perCall,
    perYear: 12 * callsPerMonth * perCall,
    per1000Plain: 1000 * plain,
    per1000Batch: 1000 * batched,
  };
}
