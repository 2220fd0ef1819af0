import { describe, expect, test } from 'vitest';
import { studentQuantile } from '../../../server/domain/statistics/student-quantile.ts';

describe('studentQuantile', () => {
  // scipy.stats.t.ppf(.975, freedom)
  test.each([
    [1, 12.706204736174694, 8],
    [2, 4.302652729749462, 8],
    [3, 3.1824463052837078, 2],
    [4, 2.7764451051977934, 2],
    [5, 2.5705818356363146, 3],
    [10, 2.228138851986274, 4],
    [30, 2.0422724563012378, 6],
    [1_000, 1.9623390808264083, 8],
  ])('with %i degrees of freedom is %d', (freedom, quantile, digits) => {
    expect(studentQuantile(freedom)).toBeCloseTo(quantile, digits);
  });

  test('falls towards z', () => {
    const quantiles = Array.from({ length: 200 }, (_, index) => studentQuantile(index + 1));
    expect(quantiles.toSorted((a, b) => b - a)).toEqual(quantiles);
    expect(quantiles.at(-1)).toBeGreaterThan(1.959963985);
  });

  test.each([0, -1, 1.5])('refuses %d degrees of freedom', (freedom) => {
    expect(() => studentQuantile(freedom)).toThrow(RangeError);
  });
});
