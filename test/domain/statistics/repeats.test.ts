import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFlaky, passAtK, passHatK, repeatStatistics } from '../../../server/domain/statistics/repeats.ts';

const counts = fc
  .integer({ min: 1, max: 12 })
  .chain((repeats) =>
    fc.record({ repeats: fc.constant(repeats), passed: fc.nat(repeats), k: fc.integer({ min: 1, max: repeats }) }),
  );
const cases = fc.array(
  fc.record({
    repeats: fc.constant(5),
    passed: fc.nat(5),
    group: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('passAtK and passHatK', () => {
  // scipy: 1 − comb(n−c, k)/comb(n, k) and comb(c, k)/comb(n, k).
  test.each([
    { repeats: 10, passed: 3, k: 1, at: 0.3, hat: 0.3 },
    { repeats: 10, passed: 3, k: 5, at: 0.9166666666666666, hat: 0 },
    { repeats: 10, passed: 8, k: 3, at: 1, hat: 0.4666666666666667 },
    { repeats: 200, passed: 20, k: 100, at: 0.9999996678, hat: 0 },
    { repeats: 5, passed: 5, k: 5, at: 1, hat: 1 },
    { repeats: 5, passed: 0, k: 1, at: 0, hat: 0 },
  ])('$passed of $repeats, k = $k', ({ at, hat, ...given }) => {
    expect(passAtK(given)).toBeCloseTo(at, 10);
    expect(passHatK(given)).toBeCloseTo(hat, 12);
  });

  test('are the shares of all draws of k repeats in which one, or each, passed', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { repeats, passed, k } = given;
        const draws = drawsOf(repeats, k);
        const share = (holds: (draw: number[]) => boolean) => draws.filter(holds).length / draws.length;
        expect(passAtK(given)).toBeCloseTo(
          share((draw) => draw.some((at) => at < passed)),
          10,
        );
        expect(passHatK(given)).toBeCloseTo(
          share((draw) => draw.every((at) => at < passed)),
          10,
        );
      }),
    );
  });

  test('one repeat more to try makes one pass likelier and all passing rarer', () => {
    fc.assert(
      fc.property(counts, ({ k, ...given }) => {
        if (k === 1) return;
        expect(passAtK({ ...given, k })).toBeGreaterThanOrEqual(passAtK({ ...given, k: k - 1 }) - 1e-12);
        expect(passHatK({ ...given, k })).toBeLessThanOrEqual(passHatK({ ...given, k: k - 1 }) + 1e-12);
      }),
    );
  });

  test('refuse more tries than repeats', () => {
    expect(() => passAtK({ repeats: 3, passed: 1, k: 4 })).toThrow(
      new RangeError('k must be a whole number from 0 to 3, not 4'),
    );
    expect(() => passHatK({ repeats: 3, passed: 4, k: 1 })).toThrow(RangeError);
  });
});

describe('repeatStatistics', () => {
  test('averages over cases and clusters the error over groups', () => {
    // Ten cases of one repeat in the clusters of Miller's formula: plain .166667, clustered .254951.
    const passed = [1, 1, 1, 0, 0, 0, 1, 1, 0, 0];
    const groups = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3];
    const grouped = passed.map((value, index) => ({ passed: value, repeats: 1, group: `${groups[index]}` }));
    const statistics = repeatStatistics(grouped, 1);
    expect(statistics).toMatchObject({ k: 1, n: 10, tooFew: 0, flaky: null });
    expect(statistics.passAtK?.value).toBe(0.5);
    expect(statistics.passAtK?.standardError).toBeCloseTo(0.254951, 6);
    expect(statistics.passAtK).toEqual(statistics.passHatK);
    // Four groups: t = 3.182446 (here by its expansion) in the place of z, and √(4/3).
    expect(statistics.passAtK?.interval).toEqual([0, 1]);
    const eight = repeatStatistics([...grouped, ...grouped.map((item) => ({ ...item, group: `${item.group}'` }))], 1);
    expect(eight.passAtK?.standardError).toBeCloseTo(0.180278, 6);
    expect(eight.passAtK?.interval[0]).toBeCloseTo(0.5 - 2.364624 * Math.sqrt(8 / 7) * 0.180278, 4);
    const alone = repeatStatistics(
      grouped.map((item) => ({ ...item, group: null })),
      1,
    );
    expect(alone.passHatK?.standardError).toBeCloseTo(Math.sqrt(0.25 / 10), 12);
  });

  test('counts flaky cases, and leaves those with too few repeats out of the rates only', () => {
    const repeated = [
      { passed: 3, repeats: 3, group: null },
      { passed: 2, repeats: 3, group: null },
      { passed: 0, repeats: 3, group: null },
      { passed: 1, repeats: 2, group: null },
      { passed: 1, repeats: 1, group: null },
    ];
    const { passAtK: once, passHatK: always, ...rest } = repeatStatistics(repeated, 3);
    expect(rest).toMatchObject({ n: 3, tooFew: 2, flaky: { count: 2, n: 4, share: 0.5 } });
    expect(rest.flaky?.interval[0]).toBeCloseTo(0.150039, 5);
    expect(once?.value).toBeCloseTo(2 / 3, 12);
    expect(always?.value).toBeCloseTo(1 / 3, 12);
  });

  test('full agreement keeps the width that so many groups can show', () => {
    const all = Array.from({ length: 20 }, () => ({ passed: 3, repeats: 3, group: null }));
    expect(repeatStatistics(all, 3).passHatK).toMatchObject({
      value: 1,
      standardError: 0,
      interval: [expect.closeTo(0.838875, 6), 1],
    });
    const one = all.map((item) => ({ ...item, group: 'one' }));
    expect(repeatStatistics(one, 3).passHatK?.interval[0]).toBeCloseTo(0.206549, 6);
  });

  test('has no rate of no case', () => {
    expect(repeatStatistics([], 3)).toEqual({ k: 3, n: 0, tooFew: 0, passAtK: null, passHatK: null, flaky: null });
  });

  test('neither figure depends on the order of cases, and both are within their intervals', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 5 }), (repeated, k) => {
        const there = repeatStatistics(repeated, k);
        const back = repeatStatistics([...repeated].reverse(), k);
        expect(back.flaky).toEqual(there.flaky);
        expect(there.flaky?.count).toBe(repeated.filter(isFlaky).length);
        for (const name of ['passAtK', 'passHatK'] as const) {
          const { value, interval } = there[name] ?? { value: Number.NaN, interval: [0, 0] };
          expect(back[name]?.value).toBeCloseTo(value, 12);
          expect(back[name]?.standardError).toBeCloseTo(there[name]?.standardError ?? Number.NaN, 9);
          expect(interval[0]).toBeLessThanOrEqual(value);
          expect(interval[1]).toBeGreaterThanOrEqual(value);
        }
        expect(there.passHatK?.value).toBeLessThanOrEqual((there.passAtK?.value ?? 0) + 1e-12);
      }),
    );
  });
});

/** All ways to draw k of n. */
function drawsOf(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  if (k > n) return [];
  return [...drawsOf(n - 1, k), ...drawsOf(n - 1, k - 1).map((draw) => [...draw, n - 1])];
}
