import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rateSummary } from '../../server/domain/rate-summary.ts';

const counts = fc.record({
  passed: fc.integer({ min: 0, max: 3 }),
  failed: fc.integer({ min: 0, max: 3 }),
  noAnswer: fc.constant(0),
  errors: fc.integer({ min: 0, max: 2 }),
  cases: fc.integer({ min: 1, max: 5 }),
});

it('says of cases that are counted together what it says of each by itself', () => {
  fc.assert(
    fc.property(fc.array(counts, { maxLength: 20 }), (together) => {
      const apart = together.flatMap(({ cases, ...each }) => Array.from({ length: cases }, () => each));
      const [a, b] = [rateSummary(together), rateSummary(apart)];
      expect(a).toEqual({ ...b, passRate: a.passRate, interval: a.interval });
      if (a.passRate === null || b.passRate === null) expect(a.passRate).toBe(b.passRate);
      else expect(a.passRate).toBeCloseTo(b.passRate, 12);
      expect(a.interval?.map((bound) => bound.toFixed(9))).toEqual(b.interval?.map((bound) => bound.toFixed(9)));
    }),
  );
});

it('gives cases that all pass two of three repeats an interval as wide as so few cases can claim', () => {
  for (const n of [3, 10, 30, 100]) {
    const { interval } = rateSummary(
      Array.from({ length: n }, () => ({ passed: 2, failed: 1, noAnswer: 0, errors: 0 })),
    );
    const [lo = 0, hi = 0] = interval ?? [];
    expect(hi - lo).toBeGreaterThan(0.1);
  }
});
