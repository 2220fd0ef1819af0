import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comparison, compareRuns, type RepeatOutcome } from '../../../server/domain/statistics/comparison.ts';

const outcomes = fc.array(fc.constantFrom<RepeatOutcome>('passed', 'failed', 'error'), { maxLength: 3 });
const run = fc.array(fc.tuple(fc.nat(40), outcomes), { maxLength: 60 }).map((entries) => new Map(entries));

describe('compareRuns', () => {
  test('sorts the cases into four groups and says what follows', () => {
    const runs = flips({ broken: 3, fixed: 12, bothPass: 25, bothFail: 10 });
    const comparison = compareRuns(runs);
    expect(comparison).toMatchObject({ n: 50, broken: 3, fixed: 12, bothPass: 25, bothFail: 10, excluded: 0 });
    expect(comparison.cases.broken).toEqual(['broken-0', 'broken-1', 'broken-2']);
    expect(comparison.difference).toBeCloseTo(0.18, 12);
    expect(comparison.interval[0]).toBeCloseTo(0.024961, 6);
    expect(comparison.interval[1]).toBeCloseTo(0.321193, 6);
    expect(comparison.pValue).toBeCloseTo(0.03515625, 12);
    expect(comparison.verdict).toBe('better');
    // The equation for n = 50 and 15 flips solved by scipy's brentq.
    expect(comparison.detectable).toBeCloseTo(0.211932, 6);
    expect(comparison.enoughFlips).toBe(true);
  });

  test.each([
    [{ broken: 0, fixed: 6 }, 'better', true],
    [{ broken: 6, fixed: 0 }, 'worse', true],
    [{ broken: 2, fixed: 8 }, "can't tell", true],
    [{ broken: 0, fixed: 5 }, "can't tell", false],
    [{ broken: 5, fixed: 5 }, "can't tell", true],
    [{ broken: 0, fixed: 0 }, "can't tell", false],
  ])('%o: %s', (counts, verdict, enoughFlips) => {
    expect(compareRuns(flips({ ...counts, bothPass: 50, bothFail: 0 }))).toMatchObject({ verdict, enoughFlips });
  });

  test('a case passes when all of its repeats pass', () => {
    const comparison = compareRuns({
      baseline: new Map([['a', ['passed', 'failed']]]),
      candidate: new Map([['a', ['passed', 'passed']]]),
    });
    expect(comparison.cases.fixed).toEqual(['a']);
  });

  test('excludes cases with an error, missing in one run or without any outcome', () => {
    const baseline = new Map<number, RepeatOutcome[]>([
      [1, ['passed', 'error']],
      [2, ['failed']],
      [3, ['failed']],
      [4, []],
      [5, ['failed']],
    ]);
    const candidate = new Map<number, RepeatOutcome[]>([
      [1, ['passed', 'passed']],
      [2, ['error']],
      [4, ['passed']],
      [5, ['failed']],
      [6, ['passed']],
    ]);
    expect(compareRuns({ baseline, candidate })).toMatchObject({ n: 1, excluded: 5, cases: { bothFail: [5] } });
  });

  test('of no common case knows nothing', () => {
    expect(compareRuns({ baseline: new Map(), candidate: new Map([['a', ['passed']]]) })).toEqual({
      n: 0,
      fixed: 0,
      broken: 0,
      bothPass: 0,
      bothFail: 0,
      excluded: 1,
      difference: 0,
      interval: [-1, 1],
      pValue: 1,
      verdict: "can't tell",
      detectable: null,
      enoughFlips: false,
      exactDetectable: null,
      casesForFivePoints: null,
      look: null,
      cases: { fixed: [], broken: [], bothPass: [], bothFail: [] },
    });
  });

  test('counts add up, and every case is in one group or excluded', () => {
    fc.assert(
      fc.property(run, run, (baseline, candidate) => {
        const { n, excluded, cases, ...counts } = compareRuns({ baseline, candidate });
        const listed = Object.values(cases).flat();
        expect(counts.fixed + counts.broken + counts.bothPass + counts.bothFail).toBe(n);
        expect(new Set(listed).size).toBe(n);
        expect(n + excluded).toBe(new Set([...baseline.keys(), ...candidate.keys()]).size);
        for (const group of groups) expect(counts[group]).toBe(cases[group].length);
      }),
    );
  });

  test('does not depend on the order of cases', () => {
    fc.assert(
      fc.property(run, run, (baseline, candidate) => {
        const reversed = compareRuns({ baseline: new Map([...baseline].reverse()), candidate });
        expect(sorted(reversed)).toEqual(sorted(compareRuns({ baseline, candidate })));
      }),
    );
  });

  test('mirrors when the runs change places', () => {
    fc.assert(
      fc.property(run, run, (one, other) => {
        const there = compareRuns({ baseline: one, candidate: other });
        const back = compareRuns({ baseline: other, candidate: one });
        expect([back.fixed, back.broken, back.pValue]).toEqual([there.broken, there.fixed, there.pValue]);
        expect(back.difference + there.difference).toBe(0);
        expect(back.verdict).toBe({ better: 'worse', worse: 'better', "can't tell": "can't tell" }[there.verdict]);
      }),
    );
  });
});

const groups = ['fixed', 'broken', 'bothPass', 'bothFail'] as const;

/** Two runs whose pairs fall into the four groups this often. */
function flips(counts: Record<(typeof groups)[number], number>) {
  const baseline = new Map<string, RepeatOutcome[]>();
  const candidate = new Map<string, RepeatOutcome[]>();
  for (const group of groups) {
    for (let i = 0; i < counts[group]; i++) {
      baseline.set(`${group}-${i}`, [group === 'broken' || group === 'bothPass' ? 'passed' : 'failed']);
      candidate.set(`${group}-${i}`, [group === 'fixed' || group === 'bothPass' ? 'passed' : 'failed']);
    }
  }
  return { baseline, candidate };
}

function sorted({ cases, ...rest }: Comparison<number>) {
  return { ...rest, cases: groups.map((group) => [...cases[group]].sort((a, b) => a - b)) };
}
