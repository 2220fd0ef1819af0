import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePromise, scorerAlone } from '../../server/domain/promise.ts';
import { rateOfOutcomes } from '../../server/domain/rate-summary.ts';
import { parseScorerSpec } from '../../server/domain/scorer-spec.ts';

const rates = (passed: number, failed: number) => rateOfOutcomes({ passed, failed, noAnswer: 0, errors: 0 });
const compare = (promised: [number, number], shown: [number, number], look: number | null = null) =>
  comparePromise([{ scorer: 'json-valid', promised: rates(...promised), shown: rates(...shown) }], look)[0];

describe('what production shows of what was promised', () => {
  it('is worse or better where the exact test says so', () => {
    expect(compare([56, 14], [48, 32])).toMatchObject({ verdict: 'worse', difference: expect.closeTo(-0.2, 12) });
    expect(compare([48, 32], [56, 14])).toMatchObject({ verdict: 'better' });
  });

  it('is as promised where a drop of five points is ruled out, and can’t be told otherwise', () => {
    expect(compare([900, 100], [1800, 200])).toMatchObject({ verdict: 'as_promised' });
    const small = compare([42, 8], [40, 10]);
    expect(small?.verdict).toBe('cant_tell');
    expect(small?.detectable).toBeGreaterThan(0.2);
  });

  it('can’t be told of nothing', () => {
    expect(compare([42, 8], [0, 0])).toMatchObject({ verdict: 'cant_tell', detectable: null, pValue: 1 });
    expect(compare([0, 0], [0, 0])).toMatchObject({ verdict: 'cant_tell', detectable: null });
  });

  it('pays for looks at holdout cases, and for several scorers', () => {
    expect(compare([56, 14], [48, 32], 2)?.correctedPValue).toBeCloseTo(3 * 0.0125211297492, 10);
    expect(compare([56, 14], [48, 32], 3)?.verdict).toBe('cant_tell');
    const one = { promised: rates(56, 14), shown: rates(48, 32) };
    const equal = { promised: rates(50, 50), shown: rates(50, 50) };
    const all = ['a', 'b', 'c', 'd'].map((scorer) => ({ scorer, ...(scorer === 'a' ? one : equal) }));
    expect(comparePromise(all, null)[0]).toMatchObject({
      verdict: 'cant_tell',
      pValue: expect.closeTo(0.0125211, 6),
      correctedPValue: expect.closeTo(0.0500845, 6),
    });
  });

  it('counts a case with repeats by its mean', () => {
    const promised = { ...rates(7, 2), n: 3, passRate: 7 / 9 };
    expect(comparePromise([{ scorer: 'x', promised, shown: rates(3, 3) }], null)[0]).toMatchObject({
      difference: expect.closeTo(0.5 - 2 / 3, 12),
    });
  });

  it('never calls production worse that passed at least as often', () => {
    const count = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const found = compare([a, b], [c, d]);
        if (c * (a + b) >= a * (c + d)) expect(found?.verdict).not.toBe('worse');
        else expect(found?.verdict).not.toBe('better');
      }),
    );
  });

  it('is told by the scorer alone, whatever it is called and weighs', () => {
    expect(scorerAlone(parseScorerSpec('form=2*not:contains:refund'))).toBe('not:contains:refund');
  });
});
