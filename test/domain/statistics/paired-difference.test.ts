import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairedDifference } from '../../../server/domain/statistics/paired-difference.ts';

const counts = fc
  .tuple(fc.nat(2_000), fc.nat(2_000), fc.nat(2_000))
  .map(([broken, fixed, same]) => ({ broken, fixed, n: broken + fixed + same }));

describe('pairedDifference', () => {
  test.each([
    [3, 12, 50, 0.18, 0.024961, 0.321193],
    [0, 5, 50, 0.1, -0.000083, 0.192391],
    [0, 0, 50, 0, -0.053304, 0.053304],
  ])('%i broken, %i fixed of %i: %f in [%f, %f]', (broken, fixed, n, difference, lo, hi) => {
    const result = pairedDifference({ broken, fixed, n });
    expect(result.difference).toBeCloseTo(difference, 12);
    expect(result.interval[0]).toBeCloseTo(lo, 6);
    expect(result.interval[1]).toBeCloseTo(hi, 6);
  });

  test('knows nothing of no cases', () => {
    expect(pairedDifference({ broken: 0, fixed: 0, n: 0 })).toEqual({ difference: 0, interval: [-1, 1] });
  });

  test('contains the difference and stays within -1..1', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { difference, interval } = pairedDifference(given);
        expect(interval[0]).toBeGreaterThanOrEqual(-1);
        expect(interval[0]).toBeLessThanOrEqual(difference);
        expect(interval[1]).toBeGreaterThanOrEqual(difference);
        expect(interval[1]).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('mirrors when broken and fixed change places', () => {
    fc.assert(
      fc.property(counts, ({ broken, fixed, n }) => {
        const one = pairedDifference({ broken, fixed, n });
        const other = pairedDifference({ broken: fixed, fixed: broken, n });
        expect(other.difference + one.difference).toBe(0);
        expect(other.interval[0] + one.interval[1]).toBe(0);
        expect(other.interval[1] + one.interval[0]).toBe(0);
      }),
    );
  });

  test.each([
    { broken: 2, fixed: 2, n: 3 },
    { broken: -1, fixed: 2, n: 3 },
    { broken: 0, fixed: 0, n: 1.5 },
  ])('refuses impossible counts: %o', (given) => {
    expect(() => pairedDifference(given)).toThrow(RangeError);
  });
});
