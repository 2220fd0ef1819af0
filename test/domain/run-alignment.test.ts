import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultId } from '../../server/domain/ids.ts';
import { alignRuns, type CaseOutcome, differingCases } from '../../server/domain/run-alignment.ts';
import { compareRuns } from '../../server/domain/statistics/comparison.ts';
import { tableOf } from './case-table.ts';

type Kind = CaseOutcome['outcome'];
const repeatOf = (outcome: Kind) => (outcome === 'no_answer' ? 'failed' : outcome);

/** A run with these outcomes; a case that it does not have is null. */
const run = (outcomes: Record<string, Kind | null>) =>
  new Map(
    Object.entries(outcomes).flatMap(([key, outcome], index) =>
      outcome === null
        ? []
        : [
            [
              key,
              {
                key,
                outcome,
                resultId: (index + 1) as ResultId,
                repeats: [repeatOf(outcome)],
              },
            ] as const,
          ],
    ),
  );

describe('a look at holdout cases', () => {
  const keys = Array.from({ length: 30 }, (_, index) => `case ${index}`);
  const all = (outcome: (index: number) => Kind) => run(Object.fromEntries(keys.map((key, at) => [key, outcome(at)])));
  const baseline = all(() => 'failed');
  const seven = all((index) => (index < 7 ? 'passed' : 'failed'));
  const nine = all((index) => (index < 9 ? 'passed' : 'failed'));

  it('costs confidence before several comparisons do', () => {
    const [first, second] = alignRuns(tableOf([baseline, seven, nine]), [2, 3]).pairs;
    expect(first?.pValue).toBeCloseTo(2 / 2 ** 7, 12);
    expect(second?.pValue).toBeCloseTo(2 / 2 ** 9, 12);
    // Looks take three times and six times the p; Holm takes twice the smaller of these.
    expect(first?.correctedPValue).toBeCloseTo(6 / 2 ** 7, 12);
    expect(second?.correctedPValue).toBeCloseTo(24 / 2 ** 9, 12);
    expect([first?.look, second?.look]).toEqual([2, 3]);
  });

  it('may take the verdict away, and asks for a larger difference', () => {
    const [once] = alignRuns(tableOf([baseline, seven])).pairs;
    const [later] = alignRuns(tableOf([baseline, seven]), [3]).pairs;
    expect([once?.verdict, once?.correctedVerdict]).toEqual(['better', 'better']);
    expect([later?.verdict, later?.correctedVerdict]).toEqual(['better', "can't tell"]);
    expect(later?.casesForFivePoints).toBeGreaterThan(once?.casesForFivePoints ?? 0);
  });
});

describe('differingCases', () => {
  const answers: Record<string, number>[] = [
    { a: 1, b: 2, c: 3 },
    { a: 1, b: 9, c: 3 },
    { a: 1, b: 2 },
    { a: 1, b: 2, c: 3, d: 4 },
  ];
  const runs = answers.map((one) => new Map(Object.entries(one)));

  it('are those that any run answered otherwise, or only some have', () => {
    expect([...differingCases(runs)].sort()).toEqual(['b', 'c', 'd']);
    expect(differingCases(runs.slice(0, 1))).toEqual(new Set());
  });
});

describe('alignRuns', () => {
  const baseline = run({ a: 'passed', b: 'failed', c: 'passed', d: 'failed', e: 'error', f: 'passed' });
  const second = run({ a: 'failed', b: 'passed', c: 'passed', d: 'failed', e: 'passed', f: 'passed' });
  const third = run({ a: 'no_answer', b: 'failed', c: 'passed', d: 'passed', e: 'failed', f: null });
  const { pairs, cases } = alignRuns(tableOf([baseline, second, third]));
  const named = Object.fromEntries(cases.map((one) => [one.key, one]));

  it('has broken cases first, then fixed, still failing, still passing, and those that were not paired', () => {
    expect(cases.map(({ key, group }) => `${key} ${group}`)).toEqual([
      'a broken',
      'b fixed',
      'd fixed',
      'c bothPass',
      'f bothPass',
      'e excluded',
    ]);
  });

  it('says of each case what became of it in each run', () => {
    expect(named.a?.changes).toEqual([null, 'broken', 'broken']);
    expect(named.b?.changes).toEqual([null, 'fixed', 'bothFail']);
    expect(named.f?.changes).toEqual([null, 'bothPass', null]);
    expect(named.f?.results).toEqual([6, 6, null]);
    expect(named.e?.changes).toEqual([null, null, null]);
  });

  it('counts answers that were not there', () => {
    expect(pairs.map(({ noAnswer }) => noAnswer)).toEqual([
      { before: 0, after: 0, fixed: 0, broken: 0 },
      { before: 0, after: 1, fixed: 0, broken: 1 },
    ]);
  });

  it('corrects each p for the number of runs, and decides by that', () => {
    const cases = Array.from({ length: 7 }, (_, index) => `c${index}`);
    const all = (kind: Kind) => run(Object.fromEntries(cases.map((key) => [key, kind])));
    const [failed, passed] = [all('failed'), all('passed')];
    // Seven of seven: p = 2/2^7.
    expect(alignRuns(tableOf([failed, passed])).pairs[0]).toMatchObject({
      pValue: expect.closeTo(0.015625, 12),
      correctedPValue: expect.closeTo(0.015625, 12),
      correctedVerdict: 'better',
    });
    const several = alignRuns(tableOf([failed, passed, passed, passed, passed])).pairs;
    expect(several.map((pair) => pair.correctedPValue)).toEqual(
      Array.from({ length: 4 }, () => expect.closeTo(0.0625, 12)),
    );
    expect(several.map((pair) => [pair.verdict, pair.correctedVerdict])).toEqual(
      Array.from({ length: 4 }, () => ['better', "can't tell"]),
    );
  });

  const kinds = fc.option(fc.constantFrom<Kind>('passed', 'failed', 'no_answer', 'error'));
  const runs = fc.array(fc.record({ a: kinds, b: kinds, c: kinds, d: kinds }), { minLength: 2, maxLength: 6 });

  it('pairs each run as a comparison of two would, and lists each case once', () => {
    fc.assert(
      fc.property(runs, (given) => {
        const all = given.map((one) => run(one));
        const aligned = alignRuns(tableOf(all));
        const repeats = all.map((one) => new Map([...one].map(([key, value]) => [key, value.repeats])));
        for (const [index, pair] of aligned.pairs.entries()) {
          const { cases: _, ...alone } = compareRuns({
            baseline: repeats[0] ?? new Map(),
            candidate: repeats[index + 1] ?? new Map(),
          });
          expect(pair).toMatchObject(alone);
        }
        const keys = new Set(all.flatMap((one) => [...one.keys()]));
        expect(aligned.cases.map(({ key }) => key).sort()).toEqual([...keys].sort());
        for (const { changes } of aligned.cases) {
          // All start from the same baseline.
          expect(changes.includes('fixed') && changes.includes('broken')).toBe(false);
        }
      }),
    );
  });
});
