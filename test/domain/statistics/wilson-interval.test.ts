import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';

const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((n) => fc.record({ n: fc.constant(n), passed: fc.integer({ min: 0, max: n }) }));

describe('wilsonInterval', () => {
  // 42/50, 80/100 and 500/100000 also by statsmodels' proportion_confint(method='wilson').
  test.each([
    [42, 50, 0.714858, 0.916626],
    [80, 100, 0.711171, 0.866633],
    [9, 10, 0.59585, 0.982124],
    [0, 20, 0, 0.161125],
    [20, 20, 0.838875, 1],
    [1, 1, 0.206549, 1],
    [500, 100_000, 0.004581, 0.005457],
  ])('%i of %i is [%f, %f]', (passed, n, lo, hi) => {
    const interval = wilsonInterval(passed, n);
    expect(interval[0]).toBeCloseTo(lo, 6);
    expect(interval[1]).toBeCloseTo(hi, 6);
  });

  test('knows nothing of no cases', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  test.each([
    [3, 2],
    [-1, 2],
    [0, -1],
    [0.5, 2],
    [1, 2.5],
    [Number.NaN, 2],
    [0, Number.POSITIVE_INFINITY],
  ])('refuses %d of %d', (passed, n) => {
    expect(() => wilsonInterval(passed, n)).toThrow(RangeError);
  });

  test('contains the rate and stays within 0..1', () => {
    fc.assert(
      fc.property(counts, ({ passed, n }) => {
        const [lo, hi] = wilsonInterval(passed, n);
        expect(lo).toBeGreaterThanOrEqual(0);
        expect(lo).toBeLessThanOrEqual(passed / n);
        expect(hi).toBeGreaterThanOrEqual(passed / n);
        expect(hi).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('mirrors when passed and failed change places', () => {
    fc.assert(
      fc.property(counts, ({ passed, n }) => {
        const [lo, hi] = wilsonInterval(passed, n);
        const mirrored = wilsonInterval(n - passed, n);
        expect(mirrored[0]).toBeCloseTo(1 - hi, 12);
        expect(mirrored[1]).toBeCloseTo(1 - lo, 12);
      }),
    );
  });

  test('shrinks as n grows at the same rate', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), ({ passed, n }, times) => {
        expect(width(wilsonInterval(passed * times, n * times))).toBeLessThan(width(wilsonInterval(passed, n)));
      }),
    );
  });
});

const width = ([lo, hi]: readonly [number, number]) => hi - lo;
