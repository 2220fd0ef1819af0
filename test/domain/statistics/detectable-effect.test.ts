import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  casesForPairedDifference,
  detectableAgainstTarget,
  detectableIndependent,
  detectablePairedDifference,
} from '../../../server/domain/statistics/detectable-effect.ts';

const rate = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('detectablePairedDifference', () => {
  // The equation solved by scipy's brentq.
  test.each([
    { n: 100, flipShare: 0.1, expected: 0.087553 },
    { n: 100, flipShare: 0.15, expected: 0.107231 },
    { n: 100, flipShare: 0.2, expected: 0.123819 },
    { n: 100, flipShare: 0.2, power: 0.9, expected: 0.141999 },
    { n: 50, flipShare: 0.3, expected: 0.211932 },
    { n: 500, flipShare: 0.05, expected: 0.02795 },
    { n: 1_000, flipShare: 0.02, power: 0.95, expected: 0.016074 },
    { n: 4, flipShare: 1, expected: 0.99898 },
  ])('%o', ({ expected, ...plan }) => {
    expect(detectablePairedDifference(plan)).toBeCloseTo(expected, 6);
  });

  test.each([
    { n: 100, flipShare: 0.07 },
    { n: 100, flipShare: 0 },
    { n: 3, flipShare: 1 },
    { n: 1, flipShare: 1, power: 0.99 },
    { n: 0, flipShare: 0.5 },
  ])('%o cannot show anything', (plan) => {
    expect(detectablePairedDifference(plan)).toBeNull();
  });

  test('solves its equation, or the largest difference has too little power', () => {
    const plan = fc.record({
      n: fc.integer({ min: 1, max: 10_000 }),
      flipShare: fc.double({ min: 0.001, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(plan, ({ n, flipShare }) => {
        const needed = (difference: number) =>
          (1.959963985 * Math.sqrt(flipShare) + 0.8416212335729143 * Math.sqrt(flipShare - difference ** 2)) /
          Math.sqrt(n);
        const difference = detectablePairedDifference({ n, flipShare });
        if (difference === null) expect(needed(flipShare)).toBeGreaterThan(flipShare);
        else expect(needed(difference)).toBeCloseTo(difference, 9);
      }),
    );
  });
});

describe('detectableAgainstTarget', () => {
  test('100 cases at .8', () => {
    expect(detectableAgainstTarget({ n: 100, target: 0.8 })).toBeCloseTo(0.112063, 6);
  });

  test.each([
    { n: 0, target: 0.8 },
    { n: 1, target: 0.5 },
    { n: 100, target: 1 },
    { n: 100, target: 0 },
  ])('%o cannot show anything', (plan) => {
    expect(detectableAgainstTarget(plan)).toBeNull();
  });
});

describe('detectableIndependent', () => {
  test('100 cases each at .8', () => {
    expect(detectableIndependent({ n: 100, rate: 0.8 })).toBeCloseTo(0.158482, 6);
  });

  test.each([
    { n: 0, rate: 0.8 },
    { n: 5, rate: 0.5 },
    { n: 100, rate: 1 },
  ])('%o cannot show anything', (plan) => {
    expect(detectableIndependent(plan)).toBeNull();
  });

  test('needs twice the cases of a fixed target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 10_000 }), rate, (n, share) => {
        const target = detectableAgainstTarget({ n, target: share });
        const independent = detectableIndependent({ n: 2 * n, rate: share });
        expect(target).not.toBeNull();
        expect(independent).toBeCloseTo(target ?? Number.NaN, 12);
      }),
    );
  });
});

describe('casesForPairedDifference', () => {
  test('is where the detectable difference first is no larger', () => {
    expect(casesForPairedDifference({ difference: 0.08756, flipShare: 0.1 })).toBe(100);
    expect(casesForPairedDifference({ difference: 0.12382, flipShare: 0.2 })).toBe(100);
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 1, noNaN: true }),
        fc.double({ min: 0.005, max: 1, noNaN: true }),
        (flipShare, part) => {
          const difference = flipShare * part;
          const n = casesForPairedDifference({ difference, flipShare });
          if (n === null) throw new Error('a difference up to the share of flips can be shown');
          expect(detectablePairedDifference({ n, flipShare })).toBeLessThanOrEqual(difference);
          const before = detectablePairedDifference({ n: n - 1, flipShare });
          if (before !== null) expect(before).toBeGreaterThan(difference);
        },
      ),
    );
  });

  test('is none beyond the share of flips', () => {
    expect(casesForPairedDifference({ difference: 0.06, flipShare: 0.05 })).toBeNull();
    expect(casesForPairedDifference({ difference: 0, flipShare: 0.05 })).toBeNull();
  });
});
