import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryShifts } from '../../server/domain/category-shift.ts';

/** Cases a run judged: so many failed for each reason, the rest passed. */
const run = (reasons: Record<string, string>, size = 50) =>
  new Map(
    Array.from({ length: size }, (_, index): [string, string[]] => {
      const key = `c${index}`;
      return [key, reasons[key] === undefined ? [] : [reasons[key]]];
    }),
  );
const reasonsOf = (category: string, from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`c${from + index}`, category]));

describe('categoryShifts', () => {
  it('pairs two runs by case, with the exact test of each category corrected by Holm', () => {
    const before = run({ ...reasonsOf('date', 0, 12), ...reasonsOf('tone', 12, 17) });
    const after = run({ ...reasonsOf('date', 9, 15), ...reasonsOf('tone', 15, 17) });
    const { n, shifts } = categoryShifts(before, after);
    expect(n).toBe(50);
    // (gone 9, arisen 3): p = .145996 · 1; (3, 0): p = .25 · 1, and Holm doubles the smaller one.
    expect(shifts).toMatchObject([
      { category: 'date', before: 12, after: 6, gone: 9, arisen: 3, difference: -0.12, verdict: "can't tell" },
      { category: 'tone', before: 5, after: 2, gone: 3, arisen: 0, difference: -0.06, verdict: "can't tell" },
    ]);
    expect(shifts[0]?.pValue).toBeCloseTo(0.291992, 6);
    expect(shifts[1]?.pValue).toBeCloseTo(0.291992, 6);
  });

  it('says fewer and more only where that can be told', () => {
    const none = run({});
    const six = run(reasonsOf('date', 0, 6));
    const five = run(reasonsOf('date', 0, 5));
    expect(categoryShifts(six, none).shifts).toMatchObject([{ verdict: 'fewer', pValue: 0.03125 }]);
    expect(categoryShifts(none, six).shifts).toMatchObject([{ verdict: 'more', pValue: 0.03125 }]);
    expect(categoryShifts(five, none).shifts).toMatchObject([{ verdict: "can't tell", pValue: 0.0625 }]);
  });

  it('leaves out cases that one of the runs did not judge', () => {
    expect(categoryShifts(run(reasonsOf('date', 0, 12), 10), run({}, 50))).toMatchObject({
      n: 10,
      shifts: [{ before: 10, gone: 10 }],
    });
    expect(categoryShifts(new Map(), run({}))).toEqual({ n: 0, shifts: [] });
  });

  it('mirrors when the runs change places', () => {
    const reasons = fc.dictionary(
      fc.integer({ min: 0, max: 30 }).map((index) => `c${index}`),
      fc.constantFrom('date', 'tone', 'tool'),
    );
    fc.assert(
      fc.property(reasons, reasons, (a, b) => {
        const there = categoryShifts(run(a, 31), run(b, 31));
        const back = categoryShifts(run(b, 31), run(a, 31));
        expect(back.shifts.map(({ category }) => category)).toEqual(there.shifts.map(({ category }) => category));
        for (const [index, shift] of there.shifts.entries()) {
          const mirrored = back.shifts[index];
          expect(mirrored).toMatchObject({ gone: shift.arisen, arisen: shift.gone, pValue: shift.pValue });
          expect(mirrored?.difference).toBeCloseTo(-shift.difference, 12);
          expect(shift.after - shift.before).toBe(shift.arisen - shift.gone);
        }
      }),
    );
  });
});
