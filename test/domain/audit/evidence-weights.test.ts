import { describe, expect, it } from 'vitest';
import { evidenceWeights } from '../../../server/domain/audit/evidence-weights.ts';

const rows = (count: number, right: number): number[] =>
  Array.from({ length: count }, (_, index) => (index < right ? 1 : -1));

describe('evidenceWeights', () => {
  it('is the log odds of a lone source, a little less for the prior', () => {
    const [weight] = evidenceWeights(rows(10_000, 9_000).map((said) => [said]));
    expect(weight).toBeGreaterThan(Math.log(9) - 0.01);
    expect(weight).toBeLessThan(Math.log(9));
  });

  it('lets sources that repeat one another share one weight', () => {
    const alone = evidenceWeights(rows(400, 320).map((said) => [said]));
    const twice = evidenceWeights(rows(400, 320).map((said) => [said, said]));
    expect((twice[0] ?? 0) + (twice[1] ?? 0)).toBeCloseTo(alone[0] ?? 0, 1);
  });

  it('gives none to a source that is wrong more often than right, or says nothing', () => {
    expect(evidenceWeights(rows(100, 30).map((said) => [said, 0]))).toEqual([0, 0]);
    expect(evidenceWeights([])).toEqual([]);
  });

  it('makes a source that is too sure of itself as sure as it may be', () => {
    const [weight] = evidenceWeights(rows(10_000, 7_500).map((said) => [20 * said]));
    expect(20 * (weight ?? 0)).toBeCloseTo(Math.log(3), 1);
  });
});
