import { describe, expect, test } from 'vitest';
import { logGamma } from '../../../server/domain/statistics/log-gamma.ts';

describe('logGamma', () => {
  // scipy.special.gammaln
  test.each([
    [1e-9, 20.723265836369194],
    [0.5, 0.5723649429247001],
    [1, 0],
    [2, 0],
    [9.75, 12.242204940050762],
    [10, 12.80182748008147],
    [123.456, 469.6055471299295],
    [1_000_001, 12815518.384658169],
  ])('of %d is %d', (x, logarithm) => {
    expect(Math.abs(logGamma(x) - logarithm)).toBeLessThan(1e-12 + 1e-13 * Math.abs(logarithm));
  });
});
