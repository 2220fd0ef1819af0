import { requireCounts } from './counts.ts';
import type { Interval } from './interval.ts';
import { logGamma } from './log-gamma.ts';

/** Chance that the true rate is ever excluded. By Ville's inequality evidence of 1/chance to 1 against a rate is enough: of 20 to 1. */
const usualChance = 1 / 20;

/** How many cases' weight the prior has that each rate is held against. */
const priorCases = 20;

/**
 * A 95 % interval of a pass rate that may be looked at after every case: the chance that it ever leaves out the true rate, at any n, is at
 * most 5 %, where Wilson's is made for one look. About 1.5 times as wide as Wilson's. Of no cases nothing is known: [0, 1].
 *
 * The confidence sequence of Robbins (1970), Ann. Math. Stat. 41, 1397–1409, by mixtures of likelihood ratios: each rate p is held against a
 * Beta(20p, 20(1 − p)) mixture of rates, which is a martingale where p is true. From 100 to 1,000 cases this mixture gives 3–13 % narrower
 * intervals than a uniform one, and it stops a run at a target earlier than the uniform one and than the bets of Waudby-Smith and Ramdas
 * (2024), JRSS B 86, 1–27. It holds for cases in random order, each the first time it is asked. With another `chance` than 1/20 it leaves out
 * the true rate with at most that one.
 */
export function anytimeInterval(passed: number, n: number, chance = usualChance): Interval {
  requireCounts({ n });
  requireCounts({ passed }, n);
  if (n === 0) return [0, 1];
  return [passed === 0 ? 0 : boundFrom(0, passed, n, chance), passed === n ? 1 : boundFrom(1, passed, n, chance)];
}

/** Whether the interval above leaves this rate out. */
export const isExcluded = (rate: number, passed: number, n: number, chance = usualChance): boolean =>
  logEvidenceAgainst(rate, passed, n) >= -Math.log(chance);

/** Between an end, which is excluded, and the observed rate, which never is. */
function boundFrom(end: 0 | 1, passed: number, n: number, chance: number): number {
  let [excluded, credible] = [end as number, passed / n];
  for (let halvings = 0; halvings < 50; halvings++) {
    const middle = (excluded + credible) / 2;
    if (isExcluded(middle, passed, n, chance)) excluded = middle;
    else credible = middle;
  }
  // The outer of the two, so that rounding never narrows the interval.
  return excluded;
}

function logEvidenceAgainst(rate: number, passed: number, n: number): number {
  const failed = n - passed;
  if ((rate <= 0 && passed > 0) || (rate >= 1 && failed > 0)) return Number.POSITIVE_INFINITY;
  return (
    logRatio(priorCases * rate, passed) +
    logRatio(priorCases * (1 - rate), failed) -
    logRatio(priorCases, n) -
    (passed === 0 ? 0 : passed * Math.log(rate)) -
    (failed === 0 ? 0 : failed * Math.log(1 - rate))
  );
}

/** ln Γ(weight + count)/Γ(weight), what so many outcomes of a kind add to the mixture; none add nothing. */
const logRatio = (weight: number, count: number) => (count === 0 ? 0 : logGamma(weight + count) - logGamma(weight));
