import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReleaseId } from '../../server/domain/ids.ts';
import { joinSlices, type Stretch } from '../../server/domain/joined-slices.ts';

const slice = (from: number, passed: number, failed: number, more: Partial<Stretch> = {}): Stretch => ({
  releaseId: 1 as ReleaseId,
  from,
  to: from + 1,
  passed,
  failed,
  noAnswer: 0,
  errors: 0,
  ...more,
});

describe('slices of time', () => {
  it('are joined until a stretch holds enough, and the newest may hold less', () => {
    const slices = [slice(0, 3, 1), slice(1, 4, 2, { noAnswer: 1 }), slice(5, 9, 3), slice(6, 1, 0)];
    expect(joinSlices(slices, 10)).toEqual([slice(0, 7, 3, { to: 2, noAnswer: 1 }), slice(5, 9, 3), slice(6, 1, 0)]);
  });

  it('of errors alone go with the stretch before, and stand alone where there is none', () => {
    const errors = slice(3, 0, 0, { errors: 4 });
    expect(joinSlices([slice(0, 9, 1), errors], 10)).toEqual([slice(0, 9, 1, { to: 4, errors: 4 })]);
    expect(joinSlices([errors], 10)).toEqual([errors]);
    expect(joinSlices([], 10)).toEqual([]);
  });

  it('lose no outcome, keep releases apart, and make stretches that follow one another', () => {
    const count = fc.nat(9);
    const slices = fc
      .array(fc.record({ releaseId: fc.constantFrom(1, 2, 3), passed: count, failed: count, errors: count }))
      .map((all) =>
        all.map(({ releaseId, passed, failed, errors }, at) =>
          slice(at, passed, failed, { releaseId: releaseId as ReleaseId, errors }),
        ),
      );
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 30 }), (given, least) => {
        const stretches = joinSlices(given, least);
        for (const release of [1, 2, 3]) {
          const of = (all: readonly Stretch[]) => all.filter(({ releaseId }) => releaseId === release);
          for (const key of ['passed', 'failed', 'errors'] as const) {
            const sum = (all: readonly Stretch[]) => of(all).reduce((total, one) => total + one[key], 0);
            expect(sum(stretches)).toBe(sum(given));
          }
          const own = of(stretches);
          own.slice(0, -1).forEach((one, at) => {
            expect(one.passed + one.failed).toBeGreaterThanOrEqual(least);
            expect(own[at + 1]?.from).toBeGreaterThanOrEqual(one.to);
          });
        }
        expect(stretches.map(({ from }) => from)).toEqual(stretches.map(({ from }) => from).sort((a, b) => a - b));
      }),
    );
  });
});
