import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  costOfLook,
  holdoutBound,
  holdoutInterval,
  holdoutPValue,
} from '../../../server/domain/statistics/holdout-look.ts';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';

const counts = fc
  .integer({ min: 1, max: 10_000 })
  .chain((n) => fc.record({ n: fc.constant(n), passed: fc.nat(n), look: fc.integer({ min: 1, max: 200 }) }));

describe('costOfLook', () => {
  test('spends no more than twice the level over any number of looks', () => {
    let spent = 0;
    for (let look = 1; look <= 100_000; look++) spent += 1 / costOfLook(look);
    expect(spent).toBeLessThan(2);
    expect(spent).toBeGreaterThan(1.9999);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses look %d', (look) => {
    expect(() => costOfLook(look)).toThrow(RangeError);
  });
});

describe('holdoutInterval', () => {
  // scipy's binomtest(85, 100).proportion_ci(1 − .05·2/(k(k+1)), method='wilson').
  test.each([
    [1, 0.95, 0.767164, 0.90694],
    [2, 0.983333, 0.745758, 0.916299],
    [3, 0.991667, 0.733332, 0.921116],
    [10, 0.999091, 0.697646, 0.932961],
  ])('85 of 100 at look %i: with confidence %f in [%f, %f]', (look, confidence, lo, hi) => {
    const found = holdoutInterval({ passed: 85, n: 100, look });
    expect(found.confidence).toBeCloseTo(confidence, 6);
    expect(found.interval[0]).toBeCloseTo(lo, 6);
    expect(found.interval[1]).toBeCloseTo(hi, 6);
  });

  test('is Wilson’s at the first look, and each later one contains the one before and the rate', () => {
    fc.assert(
      fc.property(counts, ({ passed, n, look }) => {
        expect(holdoutInterval({ passed, n, look: 1 }).interval).toEqual(wilsonInterval(passed, n));
        const [lo, hi] = holdoutInterval({ passed, n, look }).interval;
        const [laterLo, laterHi] = holdoutInterval({ passed, n, look: look + 1 }).interval;
        expect(laterLo).toBeLessThanOrEqual(lo);
        expect(laterHi).toBeGreaterThanOrEqual(hi);
        expect(laterHi - laterLo).toBeGreaterThan(hi - lo);
        expect(lo).toBeLessThanOrEqual(passed / n);
        expect(hi).toBeGreaterThanOrEqual(passed / n);
      }),
    );
  });
});

describe('holdoutPValue', () => {
  test('is the p at the first look, three times it at the second, and never above 1', () => {
    expect(holdoutPValue(0.03, 1)).toBe(0.03);
    expect(holdoutPValue(0.03, 2)).toBeCloseTo(0.09, 12);
    expect(holdoutPValue(0.4, 3)).toBe(1);
  });
});

describe('holdoutBound', () => {
  test('is never above what the interval itself has at that look, and at the first look its own', () => {
    fc.assert(
      fc.property(counts, ({ passed, n, look }) => {
        const first = wilsonInterval(passed, n);
        expect(holdoutBound(passed / n, first, 1)).toBeCloseTo(first[0], 12);
        expect(holdoutBound(passed / n, first, look)).toBeLessThanOrEqual(
          holdoutInterval({ passed, n, look }).interval[0] + 1e-12,
        );
      }),
    );
  });
});
