import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusteredMean } from '../../../server/domain/statistics/clustered-mean.ts';

const score = fc.double({ min: 0, max: 1, noNaN: true });
const groups = fc.array(fc.array(score, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 30 });

describe('clusteredMean', () => {
  test('takes the error over groups', () => {
    const { mean, standardError, interval } = clusteredMean([
      [1, 1, 1],
      [0, 0, 0],
      [1, 1],
      [0, 0],
    ]);
    expect(mean).toBe(0.5);
    expect(standardError).toBeCloseTo(0.254951, 6);
    expect(interval[0]).toBeCloseTo(0.5 - 1.959963985 * 0.254951, 6);
    expect(interval[1]).toBeCloseTo(0.5 + 1.959963985 * 0.254951, 6);
  });

  test('of groups of one is the error of a proportion', () => {
    const { mean, standardError } = clusteredMean([...Array(80).fill([1]), ...Array(20).fill([0])]);
    expect(mean).toBeCloseTo(0.8, 12);
    expect(standardError).toBeCloseTo(Math.sqrt((0.8 * 0.2) / 100), 12);
  });

  test('is not fooled by repeats: repeating every score changes nothing', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1 }), fc.integer({ min: 2, max: 5 }), (scores, repeats) => {
        const once = clusteredMean(scores.map((value) => [value]));
        const repeated = clusteredMean(scores.map((value) => Array(repeats).fill(value)));
        expect(repeated.mean).toBeCloseTo(once.mean, 10);
        expect(repeated.standardError).toBeCloseTo(once.standardError, 10);
      }),
    );
  });

  test('contains the mean and stays within 0..1', () => {
    fc.assert(
      fc.property(groups, (scores) => {
        const { mean, interval } = clusteredMean(scores);
        expect(interval[0]).toBeGreaterThanOrEqual(0);
        expect(interval[0]).toBeLessThanOrEqual(mean);
        expect(interval[1]).toBeGreaterThanOrEqual(mean);
        expect(interval[1]).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('has no width where all cases agree', () => {
    expect(clusteredMean([[1], [1], [1]])).toEqual({ mean: 1, standardError: 0, interval: [1, 1] });
  });

  test.each([[[]], [[[]]]])('refuses %j, which has no score', (none) => {
    expect(() => clusteredMean(none)).toThrow(RangeError);
  });
});
