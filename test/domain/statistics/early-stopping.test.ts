import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RepeatOutcome } from '../../../server/domain/statistics/comparison.ts';
import { StoppingWatch } from '../../../server/domain/statistics/early-stopping.ts';

const outcomes = fc.array(fc.constantFrom<RepeatOutcome>('passed', 'failed', 'error'), { maxLength: 200 });
const target = fc.double({ min: 0, max: 1, noNaN: true });

describe('StoppingWatch', () => {
  test('says met when every case passes, missed when none does, and nothing at the target itself', () => {
    expect(firstDecision(0.8, () => 'passed')).toEqual({ decision: 'met', after: expect.any(Number) });
    expect(firstDecision(0.8, () => 'failed')).toEqual({ decision: 'missed', after: expect.any(Number) });
    expect(firstDecision(0.8, (place) => (place % 5 === 0 ? 'failed' : 'passed'))).toBeNull();
  });

  test('a target that is far away is decided sooner', () => {
    const ninety = (place: number) => (place % 10 === 3 ? 'failed' : 'passed');
    const after = [0.5, 0.6, 0.7, 0.8].map((far) => firstDecision(far, ninety)?.after ?? Infinity);
    expect(after.toSorted((a, b) => a - b)).toEqual(after);
    expect(after.at(-1)).toBeLessThan(200);
  });

  test('no order in which outcomes arrive changes what is decided', () => {
    const arrivals = outcomes.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
    );
    fc.assert(
      fc.property(target, arrivals, (wanted, [all, order]) => {
        const [inOrder, shuffled] = [new StoppingWatch(wanted), new StoppingWatch(wanted)];
        all.forEach((outcome, place) => {
          inOrder.add(place, outcome);
        });
        for (const place of order) shuffled.add(place, all[place] ?? 'error');
        expect(shuffled.state).toEqual(inOrder.state);
      }),
    );
  });

  test('waits for the outcomes that stand before one, and counts none twice', () => {
    const watch = new StoppingWatch(0.5);
    for (let place = 1; place < 50; place++) expect(watch.add(place, 'passed')).toBe('continue');
    expect(watch.state).toMatchObject({ n: 0, interval: [0, 1] });
    expect(watch.add(0, 'failed')).toBe('met');
    watch.add(0, 'failed');
    expect(watch.state).toMatchObject({ n: 50, passed: 49 });
  });

  test('a decision stays, errors count for neither side, and what is counted agrees with the interval', () => {
    fc.assert(
      fc.property(target, outcomes, (wanted, all) => {
        const watch = new StoppingWatch(wanted);
        let before = watch.state.decision;
        all.forEach((outcome, place) => {
          const decision = watch.add(place, outcome);
          const { interval } = watch.state;
          if (before !== 'continue') expect(decision).toBe(before);
          else if (decision === 'met') expect(interval[0]).toBeGreaterThan(wanted - 1e-9);
          else if (decision === 'missed') expect(interval[1]).toBeLessThan(wanted + 1e-9);
          before = decision;
        });
        const count = (kind: RepeatOutcome) => all.filter((outcome) => outcome === kind).length;
        expect(watch.state).toMatchObject({ passed: count('passed'), n: count('passed') + count('failed') });
      }),
    );
  });

  test.each([-0.1, 1.1, Number.NaN])('refuses the target %d', (wanted) => {
    expect(() => new StoppingWatch(wanted)).toThrow(RangeError);
  });
});

function firstDecision(wanted: number, outcomeAt: (place: number) => RepeatOutcome) {
  const watch = new StoppingWatch(wanted);
  for (let place = 0; place < 2_000; place++) {
    const decision = watch.add(place, outcomeAt(place));
    if (decision !== 'continue') return { decision, after: place + 1 };
  }
  return null;
}
