import { requireCounts } from './counts.ts';

/** Even when all flips go one way, p = 2/2^flips: five flips give .0625, six .03125. With fewer than six no verdict is possible at .05. */
export const fewestFlipsForSignificance = 6;

/**
 * McNemar's exact test: the two-sided p of flips this uneven where a case is as likely to break as to be fixed,
 * min(1, 2·Σ_{i ≤ min(broken, fixed)} C(flips, i) / 2^flips). 1 without flips.
 */
export function mcnemarExact(broken: number, fixed: number): number {
  requireCounts({ broken, fixed });
  const flips = broken + fixed;
  const fewer = Math.min(broken, fixed);
  // C(flips, i) and 2^flips overflow at 1,030 flips. Binomials as shares of the middle one, from C(m, i−1) = C(m, i)·i/(m−i+1), can't.
  let share = 1;
  let total = 0;
  let tail = 0;
  for (let i = Math.floor(flips / 2); i >= 0; i--) {
    total += 2 * i === flips ? share : 2 * share;
    if (i <= fewer) tail += share;
    share *= i / (flips - i + 1);
  }
  return Math.min(1, (2 * tail) / total);
}
