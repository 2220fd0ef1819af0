import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctedRate } from '../../../server/domain/statistics/corrected-rate.ts';

const oracle = { bothPass: 40, judgeOnly: 5, humanOnly: 3, bothFail: 12 };
const count = fc.integer({ min: 0, max: 300 });
const tables = fc.record({ bothPass: count, judgeOnly: count, humanOnly: count, bothFail: count });
const judgements = fc
  .integer({ min: 1, max: 3_000 })
  .chain((n) => fc.record({ n: fc.constant(n), passed: fc.integer({ min: 0, max: n }) }));

describe('correctedRate', () => {
  test('80 of 100 by a judge of TPR .930233 and TNR .705882', () => {
    const corrected = correctedRate({ passed: 80, n: 100 }, oracle);
    if (!corrected.correctable) throw new Error(corrected.reason);
    expect(corrected.rate).toBeCloseTo(0.795269, 6);
    // The published code of Lee et al. (appendix C) on the same figures.
    expect(corrected.interval[0]).toBeCloseTo(0.600961, 6);
    expect(corrected.interval[1]).toBeCloseTo(0.974581, 6);
  });

  test('a judge that is always right leaves the rate as it is', () => {
    const calibration = { bothPass: 50, judgeOnly: 0, humanOnly: 0, bothFail: 50 };
    expect(correctedRate({ passed: 70, n: 100 }, calibration)).toMatchObject({ correctable: true, rate: 0.7 });
  });

  test.each([
    [{ bothPass: 10, judgeOnly: 10, humanOnly: 10, bothFail: 10 }, 'worse_than_chance'],
    [{ bothPass: 1, judgeOnly: 9, humanOnly: 9, bothFail: 1 }, 'worse_than_chance'],
    // TPR + TNR = 1.02, but two failures are too few to say so.
    [{ bothPass: 2, judgeOnly: 0, humanOnly: 98, bothFail: 2 }, 'worse_than_chance'],
    [{ bothPass: 0, judgeOnly: 9, humanOnly: 0, bothFail: 9 }, 'no_human_passes'],
    [{ bothPass: 9, judgeOnly: 0, humanOnly: 9, bothFail: 0 }, 'no_human_failures'],
  ])('%o is not correctable: %s', (calibration, reason) => {
    expect(correctedRate({ passed: 80, n: 100 }, calibration)).toEqual({ correctable: false, reason });
  });

  test('nor is a rate of no cases', () => {
    expect(correctedRate({ passed: 0, n: 0 }, oracle)).toEqual({ correctable: false, reason: 'not_run' });
  });

  test('nor one that no true rate explains: of 1,204 failures this judge would pass some', () => {
    const calibration = { bothPass: 1, judgeOnly: 2, humanOnly: 0, bothFail: 12 };
    expect(correctedRate({ passed: 0, n: 1_204 }, calibration)).toEqual({ correctable: false, reason: 'does_not_fit' });
  });

  test('the interval contains the rate, within 0..1, and has a width', () => {
    fc.assert(
      fc.property(judgements, tables, (judged, calibration) => {
        const corrected = correctedRate(judged, calibration);
        if (!corrected.correctable) return;
        const [lo, hi] = corrected.interval;
        expect(lo).toBeGreaterThanOrEqual(0);
        expect(lo).toBeLessThanOrEqual(corrected.rate);
        expect(hi).toBeGreaterThanOrEqual(corrected.rate);
        expect(hi).toBeLessThanOrEqual(1);
        expect(hi).toBeGreaterThan(lo);
      }),
    );
  });

  test('rises with what the judge passed', () => {
    fc.assert(
      fc.property(judgements, tables, ({ passed, n }, calibration) => {
        const [fewer, more] = [
          correctedRate({ passed, n: n + 1 }, calibration),
          correctedRate({ passed: passed + 1, n: n + 1 }, calibration),
        ];
        if (fewer.correctable && more.correctable) expect(more.rate).toBeGreaterThanOrEqual(fewer.rate);
      }),
    );
  });

  test('mirrors when passes and failures change places', () => {
    fc.assert(
      fc.property(judgements, tables, ({ passed, n }, calibration) => {
        const { bothPass, judgeOnly, humanOnly, bothFail } = calibration;
        const corrected = correctedRate({ passed, n }, calibration);
        const mirrored = correctedRate(
          { passed: n - passed, n },
          { bothPass: bothFail, judgeOnly: humanOnly, humanOnly: judgeOnly, bothFail: bothPass },
        );
        expect(mirrored.correctable).toBe(corrected.correctable);
        if (!corrected.correctable || !mirrored.correctable) return;
        expect(mirrored.rate).toBeCloseTo(1 - corrected.rate, 9);
        expect(mirrored.interval[0]).toBeCloseTo(1 - corrected.interval[1], 9);
        expect(mirrored.interval[1]).toBeCloseTo(1 - corrected.interval[0], 9);
      }),
    );
  });

  test('narrows as both sets grow alike', () => {
    const width = (times: number) => {
      const { bothPass, judgeOnly, humanOnly, bothFail } = oracle;
      const corrected = correctedRate(
        { passed: 80 * times, n: 100 * times },
        {
          bothPass: bothPass * times,
          judgeOnly: judgeOnly * times,
          humanOnly: humanOnly * times,
          bothFail: bothFail * times,
        },
      );
      return corrected.correctable ? corrected.interval[1] - corrected.interval[0] : Number.NaN;
    };
    const widths = [1, 2, 5, 20, 100].map(width);
    expect(widths.toSorted((a, b) => b - a)).toEqual(widths);
  });

  test('refuses impossible counts', () => {
    expect(() => correctedRate({ passed: 3, n: 2 }, oracle)).toThrow(RangeError);
    expect(() => correctedRate({ passed: 1, n: 2 }, { ...oracle, bothFail: 0.5 })).toThrow(RangeError);
  });
});
