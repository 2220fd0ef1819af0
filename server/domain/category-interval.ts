import type { Interval } from './statistics/interval.ts';
import { wilsonInterval } from './statistics/wilson-interval.ts';

/**
 * The 95% interval of the share of cases that fail for a reason, of `n` that were judged. What nobody sorted yet may be of any reason: the upper bound takes it to
 * be of this one. With repeats a case may fail in one of them and pass on the whole, so that `n` bounds the sum.
 */
export const categoryInterval = ({ cases, unsorted, n }: { cases: number; unsorted: number; n: number }): Interval => [
  wilsonInterval(Math.min(cases, n), n)[0],
  wilsonInterval(Math.min(cases + unsorted, n), n)[1],
];
