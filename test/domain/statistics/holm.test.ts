import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holmCorrected } from '../../../server/domain/statistics/holm.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('holmCorrected', () => {
  // Holm (1979) by hand; the second is what R's p.adjust(c(.01, .04, .03, .005), "holm") gives.
  it.each([
    [[0.02], [0.02]],
    [
      [0.01, 0.04, 0.03, 0.005],
      [0.03, 0.06, 0.06, 0.02],
    ],
    [
      [0.5, 0.6],
      [1, 1],
    ],
    [[], []],
  ])('of %j is %j', (raw, expected) => {
    expect(holmCorrected(raw)).toEqual(expected.map((p) => expect.closeTo(p, 12)));
  });

  it('never makes a p smaller, nor larger than Bonferroni would', () => {
    fc.assert(
      fc.property(pValues, (raw) => {
        holmCorrected(raw).forEach((p, index) => {
          const own = raw[index] ?? Number.NaN;
          expect(p).toBeGreaterThanOrEqual(own);
          expect(p).toBeLessThanOrEqual(Math.min(1, own * raw.length) + 1e-12);
        });
      }),
    );
  });

  it('keeps their order, whatever the order they are given in', () => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const corrected = holmCorrected(raw);
        const ascending = raw.map((p, index) => ({ p, own: corrected[index] ?? 0 })).sort((a, b) => a.p - b.p);
        for (const [index, { own }] of ascending.entries())
          expect(own).toBeGreaterThanOrEqual(ascending[index - 1]?.own ?? 0);
        expect(holmCorrected(raw.toReversed())).toEqual(corrected.toReversed());
      }),
    );
  });

  it('finds at a level what the step-down procedure rejects', () => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const ascending = raw.toSorted((a, b) => a - b);
        const stop = ascending.findIndex((p, rank) => p >= 0.05 / (raw.length - rank));
        const rejected = stop < 0 ? raw.length : stop;
        expect(holmCorrected(raw).filter((p) => p < 0.05)).toHaveLength(rejected);
      }),
    );
  });

  it('refuses what is no probability', () => {
    expect(() => holmCorrected([0.1, 1.1])).toThrow(RangeError);
    expect(() => holmCorrected([Number.NaN])).toThrow(RangeError);
  });
});
