import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anytimeInterval, isExcluded } from '../../../server/domain/statistics/confidence-sequence.ts';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';

const counts = fc
  .integer({ min: 1, max: 20_000 })
  .chain((n) => fc.record({ n: fc.constant(n), passed: fc.integer({ min: 0, max: n }) }));

describe('anytimeInterval', () => {
  // The definition by scipy: betaln, and brentq for ln M = ln 20.
  test.each([
    [0, 1, 0, 1],
    [42, 50, 0.635906, 0.959011],
    [80, 100, 0.662614, 0.903857],
    [0, 20, 0.0, 0.358589],
    [20, 20, 0.641411, 1.0],
    [950, 1000, 0.925333, 0.969501],
  ])('%i of %i is [%f, %f]', (passed, n, lo, hi) => {
    const interval = anytimeInterval(passed, n);
    expect(interval[0]).toBeCloseTo(lo, 6);
    expect(interval[1]).toBeCloseTo(hi, 6);
  });

  test('knows nothing of no cases', () => {
    expect(anytimeInterval(0, 0)).toEqual([0, 1]);
  });

  test('contains the rate and stays within 0..1', () => {
    fc.assert(
      fc.property(counts, ({ passed, n }) => {
        const [lo, hi] = anytimeInterval(passed, n);
        expect(lo).toBeGreaterThanOrEqual(0);
        expect(lo).toBeLessThanOrEqual(passed / n);
        expect(hi).toBeGreaterThanOrEqual(passed / n);
        expect(hi).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([20, 100, 1_000, 100_000])('is wider over %i cases than Wilson’s, which is made for one look', (n) => {
    for (const rate of [0.5, 0.8, 0.9]) {
      const [anytime, once] = [width(anytimeInterval(n * rate, n)), width(wilsonInterval(n * rate, n))];
      expect(anytime).toBeGreaterThan(1.3 * once);
      expect(anytime).toBeLessThan(2 * once);
    }
  });

  test('holds exactly the rates that are not excluded', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), ({ passed, n }, rate) => {
        const [lo, hi] = anytimeInterval(passed, n);
        if (Math.min(Math.abs(rate - lo), Math.abs(rate - hi)) < 1e-9) return;
        expect(isExcluded(rate, passed, n)).toBe(rate < lo || rate > hi);
      }),
      { numRuns: 2_000 },
    );
  });

  test('mirrors when passed and failed change places', () => {
    fc.assert(
      fc.property(counts, ({ passed, n }) => {
        const [lo, hi] = anytimeInterval(passed, n);
        const mirrored = anytimeInterval(n - passed, n);
        expect(mirrored[0]).toBeCloseTo(1 - hi, 8);
        expect(mirrored[1]).toBeCloseTo(1 - lo, 8);
      }),
    );
  });

  test('shrinks as n grows at the same rate', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), ({ passed, n }, times) => {
        expect(width(anytimeInterval(passed * times, n * times))).toBeLessThan(width(anytimeInterval(passed, n)));
      }),
    );
  });

  // Through all sequences of 16 cases.
  test.each([0.1, 0.5, 0.8, 0.95])('ever leaves out the true rate %d with a chance of at most 5 %', (rate) => {
    const chanceOfExclusion = (passed: number, n: number): number => {
      if (isExcluded(rate, passed, n)) return 1;
      if (n === 16) return 0;
      return rate * chanceOfExclusion(passed + 1, n + 1) + (1 - rate) * chanceOfExclusion(passed, n + 1);
    };
    expect(chanceOfExclusion(0, 0)).toBeLessThanOrEqual(0.05);
  });

  test.each([
    [3, 2],
    [-1, 2],
    [0.5, 2],
  ])('refuses %d of %d', (passed, n) => {
    expect(() => anytimeInterval(passed, n)).toThrow(RangeError);
  });
});

const width = ([lo, hi]: readonly [number, number]) => hi - lo;
