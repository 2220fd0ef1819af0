import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectableIndependent } from '../../../server/domain/statistics/detectable-effect.ts';
import {
  detectableBetween,
  fisherExact,
  independentDifference,
  type Proportion,
} from '../../../server/domain/statistics/two-proportions.ts';

const of = (passed: number, n: number): Proportion => ({ passed, n });
const sample = (most = 60) =>
  fc.integer({ min: 1, max: most }).chain((n) => fc.integer({ min: 0, max: n }).map((passed) => of(passed, n)));

// Intervals from statsmodels 0.15.0 (confint_proportions_2indep, newcomb) and by the formula; p from scipy 1.17.1 (fisher_exact).
const oracles = [
  [42, 50, 400, 500, -0.04, -0.125217, 0.089348, 0.579154919563],
  [56, 70, 48, 80, -0.2, -0.333873, -0.052431, 0.0125211297492],
  [9, 10, 3, 10, -0.6, -0.809018, -0.170523, 0.0197666110979],
  [10, 10, 0, 20, -1, -1, -0.679086, 3.32833916042e-8],
  [0, 10, 0, 20, 0, -0.277533, 0.161125, 1],
  [20, 20, 30, 30, 0, -0.113513, 0.161125, 1],
  [188, 200, 15210, 17000, -0.045294, -0.071075, -0.003119, 0.0361176632073],
  [5, 56, 0, 29, -0.089286, -0.19256, 0.038137, 0.160621443209],
  [1, 1, 0, 1, -1, -1, 0.122109, 1],
  [160, 200, 300, 400, -0.05, -0.116716, 0.022781, 0.184268473889],
] as const;

describe('two independent samples', () => {
  it.each(oracles)('%i/%i against %i/%i', (a, m, b, n, difference, lo, hi, p) => {
    const found = independentDifference(of(a, m), of(b, n));
    expect(found.difference).toBeCloseTo(difference, 6);
    expect(found.interval[0]).toBeCloseTo(lo, 6);
    expect(found.interval[1]).toBeCloseTo(hi, 6);
    expect(fisherExact(of(a, m), of(b, n)) / p).toBeCloseTo(1, 9);
  });

  it('have an interval that holds the difference, lies within -1 and 1, and turns round with them', () => {
    fc.assert(
      fc.property(sample(5000), sample(5000), (first, second) => {
        const { difference, interval } = independentDifference(first, second);
        const turned = independentDifference(second, first).interval;
        expect(interval[0]).toBeLessThanOrEqual(difference);
        expect(interval[1]).toBeGreaterThanOrEqual(difference);
        expect(interval[0]).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(interval[1]).toBeLessThanOrEqual(1 + 1e-12);
        expect(turned[0]).toBeCloseTo(-interval[1], 12);
        expect(turned[1]).toBeCloseTo(-interval[0], 12);
      }),
    );
  });

  it('have the p of all ways counted one by one', () => {
    fc.assert(
      fc.property(sample(25), sample(25), (first, second) => {
        expect(fisherExact(first, second)).toBeCloseTo(counted(first, second), 10);
        expect(fisherExact(second, first)).toBeCloseTo(fisherExact(first, second), 10);
      }),
    );
  });

  it('are called different by the exact test in at most 5 % of all pairs with equal rates', () => {
    const [m, n] = [40, 25];
    for (const rate of [0.1, 0.5, 0.8, 0.97]) {
      let wrong = 0;
      for (let a = 0; a <= m; a++) {
        for (let b = 0; b <= n; b++) {
          if (fisherExact(of(a, m), of(b, n)) < 0.05) wrong += chance(a, m, rate) * chance(b, n, rate);
        }
      }
      expect(wrong).toBeLessThanOrEqual(0.05);
    }
  });

  it('of any size end, and unlike ones have no p to speak of', () => {
    expect(fisherExact(of(99_000, 100_000), of(500, 1000))).toBeLessThan(1e-100);
    expect(fisherExact(of(0, 0), of(3, 9))).toBe(1);
    expect(() => fisherExact(of(2, 1), of(0, 1))).toThrow(RangeError);
  });

  it('of nothing leave everything open', () => {
    expect(independentDifference(of(4, 5), of(0, 0)).interval).toEqual([
      expect.closeTo(-0.82, 1),
      expect.closeTo(0.5, 0),
    ]);
    expect(independentDifference(of(0, 0), of(0, 0))).toEqual({ difference: 0, interval: [-1, 1] });
    expect(detectableBetween(of(0, 0), of(3, 4))).toBeNull();
  });

  it('show what two samples of their harmonic mean show', () => {
    expect(detectableBetween(of(79, 100), of(0, 100))).toBeCloseTo(
      detectableIndependent({ n: 100, rate: 80 / 102 }) ?? Number.NaN,
      12,
    );
    expect(detectableBetween(of(100, 100), of(0, 300))).toBeCloseTo(
      2.801585 * Math.sqrt((101 / 102) * (1 / 102) * (1 / 100 + 1 / 300)),
      6,
    );
  });
});

/** Two-sided p by whole numbers alone. */
function counted(first: Proportion, second: Proportion): number {
  const passed = first.passed + second.passed;
  const ways = (k: number) => choose(first.n, k) * choose(second.n, passed - k);
  let [unlike, total] = [0n, 0n];
  for (let k = Math.max(0, passed - second.n); k <= Math.min(first.n, passed); k++) {
    total += ways(k);
    if (ways(k) <= ways(first.passed)) unlike += ways(k);
  }
  return Number((unlike * 10n ** 15n) / total) / 1e15;
}

function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 0; i < k; i++) ways = (ways * BigInt(n - i)) / BigInt(i + 1);
  return ways;
}

const chance = (k: number, n: number, rate: number): number => Number(choose(n, k)) * rate ** k * (1 - rate) ** (n - k);
