import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestFlipsForSignificance, mcnemarExact } from '../../../server/domain/statistics/mcnemar-test.ts';

describe('mcnemarExact', () => {
  test.each([
    [3, 12, 0.03515625],
    [2, 8, 0.109375],
    [1, 8, 0.0390625],
    [0, 5, 0.0625],
    [0, 6, 0.03125],
    [5, 5, 1],
    [0, 0, 1],
    [7, 19, 0.028959274291992188],
    [40, 60, 0.05688793364098079],
  ])('%i broken, %i fixed: p = %d', (broken, fixed, p) => {
    expect(Math.abs(mcnemarExact(broken, fixed) - p)).toBeLessThan(1e-14);
  });

  // Sums of binomials in 60-digit arithmetic (mpmath); scipy's binomtest agrees to 12 digits.
  test.each([
    [450, 550, 1.7305360849763176e-3],
    [4_900, 5_100, 4.658552770494739e-2],
    [4_999, 5_001, 0.99202135386061785],
    [49_500, 50_500, 1.5823598788515954e-3],
    [49_000, 51_000, 2.5887160383468979e-10],
    [48_000, 52_000, 1.1530938666722977e-36],
    [49_999, 50_001, 0.9974768737858033],
    [50_000, 50_000, 1],
    [0, 1_000, 1.8665272370064378e-301],
  ])('%i broken, %i fixed: p = %d, to ten digits', (broken, fixed, p) => {
    expect(Math.abs(mcnemarExact(broken, fixed) / p - 1)).toBeLessThan(1e-10);
  });

  test('a p below the smallest double is 0', () => {
    expect(mcnemarExact(0, 100_000)).toBe(0);
  });

  test('equals the sum of exact binomials', () => {
    const few = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(few, few, (broken, fixed) => {
        expect(Math.abs(mcnemarExact(broken, fixed) - summed(broken, fixed))).toBeLessThan(1e-14);
      }),
    );
  });

  test('is the same both ways, and within 0..1', () => {
    const count = fc.integer({ min: 0, max: 50_000 });
    fc.assert(
      fc.property(count, count, (broken, fixed) => {
        const p = mcnemarExact(broken, fixed);
        expect(p).toBe(mcnemarExact(fixed, broken));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('falls as the same flips become more uneven', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 499 }), (broken) => {
        expect(mcnemarExact(broken, 1_000 - broken)).toBeLessThan(mcnemarExact(broken + 1, 999 - broken));
      }),
    );
  });

  test('refuses impossible counts', () => {
    expect(() => mcnemarExact(-1, 3)).toThrow(new RangeError('broken must be a whole number from 0 up, not -1'));
    expect(() => mcnemarExact(1, 0.5)).toThrow(RangeError);
  });
});

test('the fewest flips for significance are the first that reach .05', () => {
  expect(mcnemarExact(0, fewestFlipsForSignificance)).toBeLessThan(0.05);
  expect(mcnemarExact(0, fewestFlipsForSignificance - 1)).toBeGreaterThanOrEqual(0.05);
});

/** The definition, in whole numbers. */
function summed(broken: number, fixed: number): number {
  const flips = BigInt(broken + fixed);
  let binomial = 1n;
  let sum = 0n;
  for (let i = 0n; i <= BigInt(Math.min(broken, fixed)); i++) {
    sum += binomial;
    binomial = (binomial * (flips - i)) / (i + 1n);
  }
  return Math.min(1, Number(2n * sum) / Number(2n ** flips));
}
