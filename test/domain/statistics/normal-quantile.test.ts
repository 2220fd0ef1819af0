import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../../server/domain/statistics/normal-quantile.ts';

describe('normalQuantile', () => {
  // scipy.stats.norm.ppf
  test.each([
    [0.2, -0.8416212335729142],
    [0.5, 0],
    [0.8, 0.8416212335729143],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
  ])('of %f is %f', (probability, quantile) => {
    expect(normalQuantile(probability)).toBeCloseTo(quantile, 13);
  });

  test.each([0, 1, -0.1, 1.1, Number.NaN])('of %f does not exist', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});
