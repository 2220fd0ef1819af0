import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectablePairedDifference } from '../../../server/domain/statistics/detectable-effect.ts';
import {
  exactCasesForDifference,
  exactDetectableDifference,
  exactPairedPower,
} from '../../../server/domain/statistics/mcnemar-power.ts';
import { mcnemarExact } from '../../../server/domain/statistics/mcnemar-test.ts';

const plans = fc.record({
  n: fc.integer({ min: 1, max: 2_000 }),
  flipShare: fc.double({ min: 0.01, max: 1, noNaN: true }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('exactPairedPower', () => {
  // Summed by scipy's binom over all numbers of flips. The first three are what the z formula promises .8 for.
  test.each([
    { n: 100, flipShare: 0.1, difference: 0.087553, power: 0.7872981687386995 },
    { n: 100, flipShare: 0.15, difference: 0.107231, power: 0.7727885883560222 },
    { n: 100, flipShare: 0.2, difference: 0.123819, power: 0.7684529561003483 },
    { n: 100, flipShare: 0.2, difference: 0, power: 0.014720102996544148 },
    { n: 50, flipShare: 0.3, difference: 0.211932, power: 0.7647632230147421 },
    { n: 500, flipShare: 0.05, difference: 0.02795, power: 0.7664278496272465 },
    { n: 20, flipShare: 1, difference: 0.6, power: 0.8042077854595493 },
    { n: 5, flipShare: 1, difference: 1, power: 0 },
    { n: 6, flipShare: 1, difference: 1, power: 1 },
    { n: 0, flipShare: 0.5, difference: 0.1, power: 0 },
    { n: 100, flipShare: 0, difference: 0, power: 0 },
  ])('of %o', ({ power, ...plan }) => {
    expect(exactPairedPower(plan)).toBeCloseTo(power, 12);
  });

  test('is the chance of all pairs of counts whose p is below .05', () => {
    for (const [n, broken, fixed] of [
      [12, 0.1, 0.4],
      [30, 0.05, 0.3],
      [40, 0.2, 0.5],
    ] as const) {
      let power = 0;
      for (let b = 0; b <= n; b++)
        for (let c = b + 1; b + c <= n; c++)
          if (mcnemarExact(b, c) < 0.05)
            power += choose(n, b) * choose(n - b, c) * broken ** b * fixed ** c * (1 - broken - fixed) ** (n - b - c);
      expect(exactPairedPower({ n, flipShare: broken + fixed, difference: fixed - broken })).toBeCloseTo(power, 10);
    }
  });

  test('lies within 0..1, grows with the difference and is the same both ways', () => {
    fc.assert(
      fc.property(plans, ({ n, flipShare, part }) => {
        const power = exactPairedPower({ n, flipShare, difference: flipShare * part });
        expect(power).toBeGreaterThanOrEqual(0);
        expect(power).toBeLessThanOrEqual(1 + 1e-9);
        expect(exactPairedPower({ n, flipShare, difference: -flipShare * part })).toBe(power);
        expect(exactPairedPower({ n, flipShare, difference: flipShare })).toBeGreaterThanOrEqual(power - 1e-9);
        // Without a difference, one direction has at most half of the level.
        expect(exactPairedPower({ n, flipShare, difference: 0 })).toBeLessThanOrEqual(0.025);
      }),
    );
  });

  test('refuses what cannot be', () => {
    expect(() => exactPairedPower({ n: 10, flipShare: 0.1, difference: 0.2 })).toThrow(
      new RangeError('0.2 is larger than the share of flips'),
    );
    expect(() => exactPairedPower({ n: 10, flipShare: 1.1, difference: 0.2 })).toThrow(RangeError);
    expect(() => exactPairedPower({ n: -1, flipShare: 0.1, difference: 0 })).toThrow(RangeError);
  });
});

describe('exactDetectableDifference', () => {
  // scipy's brentq on the sums above.
  test.each([
    { n: 100, flipShare: 0.1, difference: 0.088417 },
    { n: 100, flipShare: 0.15, difference: 0.109966 },
    { n: 100, flipShare: 0.2, difference: 0.127725 },
    { n: 50, flipShare: 0.3, difference: 0.218831 },
    { n: 500, flipShare: 0.05, difference: 0.028932 },
    { n: 300, flipShare: 0.2, difference: 0.074211 },
  ])('%o', ({ difference, ...plan }) => {
    expect(exactDetectableDifference(plan)).toBeCloseTo(difference, 6);
  });

  test.each([
    { n: 0, flipShare: 0.5 },
    { n: 100, flipShare: 0 },
    { n: 5, flipShare: 1 },
    { n: 100, flipShare: 0.07 },
  ])('%o cannot show anything', (plan) => {
    expect(exactDetectableDifference(plan)).toBeNull();
  });

  test('has power .8, and lies a little above what the z test shows', () => {
    fc.assert(
      fc.property(plans, ({ n, flipShare }) => {
        const difference = exactDetectableDifference({ n, flipShare });
        if (difference === null) return;
        expect(exactPairedPower({ n, flipShare, difference })).toBeGreaterThanOrEqual(0.8 - 1e-9);
        expect(exactPairedPower({ n, flipShare, difference })).toBeLessThan(0.801);
        const byZ = detectablePairedDifference({ n, flipShare });
        // With few flips the exact test moves in large steps: 1.11 at 22 cases, less with more.
        if (byZ !== null && n * flipShare > 20) {
          expect(difference / byZ).toBeGreaterThan(0.98);
          expect(difference / byZ).toBeLessThan(1.15);
        }
      }),
    );
  });

  test('takes a million cases without waiting', () => {
    const startedAt = performance.now();
    expect(exactDetectableDifference({ n: 1_000_000, flipShare: 0.2 })).toBeCloseTo(0.0012539, 6);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

function choose(n: number, k: number): number {
  let binomial = 1;
  for (let i = 1; i <= k; i++) binomial = (binomial * (n - k + i)) / i;
  return binomial;
}

describe('exactCasesForDifference', () => {
  test.each([0.06, 0.1, 0.2, 0.5])('is where the difference becomes detectable, at %f flips', (flipShare) => {
    const cases = exactCasesForDifference({ difference: 0.05, flipShare }) ?? 0;
    expect(exactDetectableDifference({ n: cases, flipShare }) ?? 1).toBeLessThanOrEqual(0.05 + 1e-6);
    expect(exactDetectableDifference({ n: Math.floor(cases * 0.98), flipShare }) ?? 1).toBeGreaterThan(0.05);
  });

  test('takes more cases where less can be claimed', () => {
    const usual = exactCasesForDifference({ difference: 0.05, flipShare: 0.1 }) ?? 0;
    expect(exactCasesForDifference({ difference: 0.05, flipShare: 0.1, level: 0.05 / 6 })).toBeGreaterThan(usual);
  });

  test('is none where fewer cases flip than the difference', () => {
    expect(exactCasesForDifference({ difference: 0.05, flipShare: 0.04 })).toBeNull();
  });
});
