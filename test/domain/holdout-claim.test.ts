import { describe, expect, it } from 'vitest';
import { lookOfComparison } from '../../server/domain/holdout-claim.ts';

describe('lookOfComparison', () => {
  const dev = { split: 'dev', look: undefined } as const;
  const first = { split: 'holdout', look: 1 } as const;
  const third = { split: 'holdout', look: 3 } as const;
  const whole = { split: 'all', look: 2 } as const;

  it('is the later of the two', () => {
    expect(lookOfComparison([first, third], 'all')).toBe(3);
    expect(lookOfComparison([third, first], 'holdout')).toBe(3);
  });

  it('is none where dev cases are compared too', () => {
    expect(lookOfComparison([whole, { ...whole, look: 3 }], 'all')).toBeNull();
    expect(lookOfComparison([whole, whole], 'dev')).toBeNull();
    expect(lookOfComparison([dev, whole], 'all')).toBeNull();
  });

  it('is there where only holdout cases can be paired', () => {
    expect(lookOfComparison([whole, third], 'all')).toBe(3);
    expect(lookOfComparison([whole, whole], 'holdout')).toBe(2);
  });

  it('is none where no look was counted: a stand-in answered', () => {
    expect(lookOfComparison([{ split: 'holdout', look: undefined }, dev], 'holdout')).toBeNull();
  });
});
