import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdoutInterval } from '../../../server/domain/statistics/holdout-look.ts';
import {
  casesToProve,
  chanceToProve,
  passesToProve,
  proofPower,
  provableRate,
} from '../../../server/domain/statistics/target-proof.ts';

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Every number of passes that n cases can have, each with its chance by the recurrence of Pascal's triangle. */
function enumerated({ n, rate, target, look = 1 }: { n: number; rate: number; target: number; look?: number }): number {
  let chances = [1];
  for (let drawn = 0; drawn < n; drawn++) {
    chances = Array.from(
      { length: drawn + 2 },
      (_, passed) => (chances[passed] ?? 0) * (1 - rate) + (chances[passed - 1] ?? 0) * rate,
    );
  }
  return chances.reduce(
    (sum, chance, passed) => sum + (holdoutInterval({ passed, n, look }).interval[0] >= target ? chance : 0),
    0,
  );
}

describe('chanceToProve', () => {
  // Summed with Python's Fraction and math.comb, exactly.
  test.each([
    { n: 50, rate: 0.9, target: 0.8, chance: 0.4311984068290617 },
    { n: 100, rate: 0.85, target: 0.8, chance: 0.24730158968309338 },
    { n: 200, rate: 0.97, target: 0.95, chance: 0.14715119408240188 },
    { n: 12, rate: 0.95, target: 0.5, chance: 0.9804317380028454 },
    { n: 0, rate: 0.9, target: 0.8, chance: 0 },
    { n: 10, rate: 1, target: 0.8, chance: 0 },
    { n: 16, rate: 1, target: 0.8, chance: 1 },
    { n: 5, rate: 0, target: 0, chance: 1 },
    { n: 5, rate: 0, target: 0.1, chance: 0 },
  ])('of %o', ({ chance, ...plan }) => {
    expect(chanceToProve(plan)).toBeCloseTo(chance, 12);
  });

  test('is the sum over all numbers of passes that show the target, at each look', () => {
    fc.assert(
      fc.property(
        fc.record({
          n: fc.integer({ min: 1, max: 150 }),
          rate: share(0, 1),
          target: share(0, 1),
          look: fc.integer({ min: 1, max: 4 }),
        }),
        (plan) => {
          expect(chanceToProve(plan)).toBeCloseTo(enumerated(plan), 9);
        },
      ),
    );
  });
});

describe('casesToProve', () => {
  // The first n in a row at which Python's exact sum reaches .8.
  test.each([
    [0.8, 0.9, 100],
    [0.9, 0.95, 217],
    [0.5, 0.7, 43],
  ])('a target of %d at a true rate of %d takes %i cases', (target, rate, cases) => {
    expect(casesToProve({ target, rate })).toBe(cases);
  });

  test('is the first number of cases whose chance is .8', () => {
    fc.assert(
      fc.property(share(0.05, 0.9), share(0.12, 1), (target, part) => {
        const rate = target + part * (1 - target);
        const cases = casesToProve({ target, rate });
        let first = 1;
        while (enumerated({ n: first, rate, target }) < proofPower && first <= 400) first += 1;
        if (first <= 400) expect(cases).toBe(first);
        else expect(cases ?? Number.POSITIVE_INFINITY).toBeGreaterThan(400);
      }),
      { numRuns: 25 },
    );
  });

  test('falls as the true rate rises, and grows with the look', () => {
    fc.assert(
      fc.property(share(0, 1), share(0, 1), share(0, 0.99), fc.integer({ min: 1, max: 5 }), (a, b, target, look) => {
        const cases = (rate: number, at = look) => casesToProve({ target, rate, look: at }) ?? Number.POSITIVE_INFINITY;
        expect(cases(Math.max(a, b))).toBeLessThanOrEqual(cases(Math.min(a, b)));
        expect(cases(a, look + 1)).toBeGreaterThanOrEqual(cases(a));
      }),
      { numRuns: 60 },
    );
  });

  test('is none where the true rate is not above the target, nor beyond 100,000 cases', () => {
    expect(casesToProve({ target: 0.8, rate: 0.8 })).toBeNull();
    expect(casesToProve({ target: 0.8, rate: 0.5 })).toBeNull();
    expect(casesToProve({ target: 1, rate: 1 })).toBeNull();
    expect(casesToProve({ target: 0.8, rate: 0.8001 })).toBeNull();
    expect(casesToProve({ target: 0, rate: 0.5 })).toBe(1);
    expect(() => casesToProve({ target: 1.2, rate: 1 })).toThrow(RangeError);
    expect(() => casesToProve({ target: 0.8, rate: Number.NaN })).toThrow(RangeError);
  });
});

test('the rate that n cases can show is the smallest with a chance of .8', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), share(0, 0.99), (n, target) => {
      const rate = provableRate({ n, target });
      if (rate === null) expect(chanceToProve({ n, target, rate: 1 })).toBe(0);
      else {
        expect(chanceToProve({ n, target, rate })).toBeGreaterThanOrEqual(proofPower);
        if (rate > target + 1e-5) expect(chanceToProve({ n, target, rate: rate - 1e-5 })).toBeLessThan(proofPower);
      }
    }),
  );
});

test('so many passes and no fewer show the target', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), share(0, 1), (n, target) => {
      const least = passesToProve({ n, target });
      const bound = (passed: number) => holdoutInterval({ passed, n, look: 1 }).interval[0];
      if (least === null) expect(bound(n)).toBeLessThan(target);
      else {
        expect(bound(least)).toBeGreaterThanOrEqual(target);
        if (least > 0) expect(bound(least - 1)).toBeLessThan(target);
      }
    }),
  );
});
