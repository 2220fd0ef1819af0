import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAgreement } from '../../../server/domain/statistics/judge-agreement.ts';

const count = fc.integer({ min: 0, max: 500 });
const tables = fc.record({ bothPass: count, judgeOnly: count, humanOnly: count, bothFail: count });

describe('judgeAgreement', () => {
  test('40 both pass, 5 judge only, 3 human only, 12 both fail', () => {
    const { agreement, kappa, sensitivity, specificity } = judgeAgreement({
      bothPass: 40,
      judgeOnly: 5,
      humanOnly: 3,
      bothFail: 12,
    });
    // κ also by statsmodels' cohens_kappa.
    expect(kappa?.value).toBeCloseTo(0.659574, 6);
    expect(sensitivity?.value).toBeCloseTo(0.930233, 6);
    expect(specificity?.value).toBeCloseTo(0.705882, 6);
    expect(agreement?.value).toBeCloseTo(52 / 60, 12);
    expect([agreement?.n, kappa?.n, sensitivity?.n, specificity?.n]).toEqual([60, 60, 43, 17]);
    // Wilson of 52/60, 40/43 and 12/17 by scipy's binomtest(…).proportion_ci(method='wilson').
    expect(agreement?.interval[0]).toBeCloseTo(0.758348, 5);
    expect(agreement?.interval[1]).toBeCloseTo(0.930859, 5);
    expect(sensitivity?.interval[0]).toBeCloseTo(0.81391, 5);
    expect(specificity?.interval[1]).toBeCloseTo(0.8672, 5);
  });

  test.each([
    [{ bothPass: 50, judgeOnly: 0, humanOnly: 0, bothFail: 50 }, 1],
    [{ bothPass: 0, judgeOnly: 50, humanOnly: 50, bothFail: 0 }, -1],
    [{ bothPass: 25, judgeOnly: 25, humanOnly: 25, bothFail: 25 }, 0],
    [{ bothPass: 10, judgeOnly: 10, humanOnly: 0, bothFail: 0 }, 0],
  ])('κ of %o is %d', (table, kappa) => {
    expect(judgeAgreement(table).kappa?.value).toBeCloseTo(kappa, 12);
  });

  test('full agreement on few cases does not make κ certain', () => {
    const { kappa } = judgeAgreement({ bothPass: 8, judgeOnly: 0, humanOnly: 0, bothFail: 2 });
    expect(kappa?.value).toBe(1);
    expect(kappa?.interval[0]).toBeLessThan(0.5);
  });

  test('is null where there is no case to tell from', () => {
    expect(judgeAgreement({ bothPass: 0, judgeOnly: 0, humanOnly: 0, bothFail: 0 })).toEqual({
      agreement: null,
      kappa: null,
      sensitivity: null,
      specificity: null,
    });
    expect(judgeAgreement({ bothPass: 9, judgeOnly: 0, humanOnly: 0, bothFail: 0 })).toMatchObject({
      kappa: null,
      sensitivity: { value: 1 },
      specificity: null,
    });
  });

  test('intervals contain their figures and stay within what is possible', () => {
    fc.assert(
      fc.property(tables, (table) => {
        for (const [name, figure] of Object.entries(judgeAgreement(table))) {
          if (figure === null) continue;
          const { value, interval } = figure;
          expect(interval[0]).toBeGreaterThanOrEqual(name === 'kappa' ? -1 : 0);
          expect(interval[0]).toBeLessThanOrEqual(value + 1e-12);
          expect(interval[1]).toBeGreaterThanOrEqual(value - 1e-12);
          expect(interval[1]).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('κ does not change when passes and failures, or judge and people, change places', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { bothPass, judgeOnly, humanOnly, bothFail } = table;
        const { kappa, sensitivity } = judgeAgreement(table);
        const turned = judgeAgreement({
          bothPass: bothFail,
          judgeOnly: humanOnly,
          humanOnly: judgeOnly,
          bothFail: bothPass,
        });
        const swapped = judgeAgreement({ ...table, judgeOnly: humanOnly, humanOnly: judgeOnly });
        for (const other of [turned.kappa, swapped.kappa]) expect(other?.value ?? 2).toBeCloseTo(kappa?.value ?? 2, 10);
        expect(turned.specificity).toEqual(sensitivity);
      }),
    );
  });

  test('refuses impossible counts', () => {
    expect(() => judgeAgreement({ bothPass: 1, judgeOnly: -1, humanOnly: 0, bothFail: 0 })).toThrow(
      new RangeError('judgeOnly must be a whole number from 0 up, not -1'),
    );
  });
});
