import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareScorers } from '../../server/domain/combine-scores.ts';
import { type PureScorer, type ScorerSpec, ScoringError } from '../../server/domain/scorer.ts';
import { noTools } from '../../server/services/evaluate/scorer-tools.ts';
import { scored } from '../contracts/scorer-contract.ts';

/** Gives the value that its argument says; `none` finds no answer, `throw` has a bug, `unreadable` can't judge. */
const fake: PureScorer = {
  name: 'fake',
  description: 'Gives the value that its argument says.',
  argument: { needed: true, example: '1' },
  prepare: (args) => () => {
    if (args === 'throw') throw new TypeError('undefined is not a function');
    if (args === 'unreadable') throw new ScoringError('judge_unreadable', 'The judge said "perhaps".');
    const value = args === 'none' ? null : Number(args);
    return { value, passed: value === 1, answer: value === null ? null : args, explanation: `It is ${args}.` };
  },
};
const judge = (specs: readonly Partial<ScorerSpec>[], threshold: number | null = null) =>
  prepareScorers(
    specs.map((spec) => ({ name: 'fake', args: '1', negate: false, weight: 1, ...spec })),
    { ...noTools, scorer: () => fake },
    threshold,
  )(scored('', null), new AbortController().signal);

describe('prepareScorers', () => {
  it.each([
    [['1'], 'passed', 1],
    [['0'], 'failed', 0],
    [['none'], 'no_answer', null],
    [['1', '1'], 'passed', 1],
    [['1', '0'], 'failed', 0.5],
    [['1', '0.5'], 'failed', 0.75],
    [['1', 'none'], 'no_answer', 0.5],
    [['0', 'none'], 'no_answer', 0],
  ])('without a threshold each must pass: %j is %s', async (args, outcome, value) => {
    expect(await judge(args.map((arg) => ({ args: arg })))).toMatchObject({ outcome, value });
  });

  it.each([
    [[{ args: '1' }, { args: '0' }], 0.5, 'passed', 0.5],
    [[{ args: '1' }, { args: '0' }], 0.51, 'failed', 0.5],
    [[{ args: '1', weight: 3 }, { args: '0' }], 0.75, 'passed', 0.75],
    [[{ args: '0.1' }, { args: '0.2' }, { args: '0.3' }], 0.2, 'passed', 0.2],
    [[{ args: '1' }, { args: 'none' }], 0.5, 'passed', 0.5],
    [[{ args: '1' }, { args: 'none' }], 0.6, 'no_answer', 0.5],
    [[{ args: 'none' }], 0, 'no_answer', null],
  ])('with a threshold the weighted mean must reach it: %j at %s is %s', async (specs, threshold, outcome, value) => {
    const judgement = await judge(specs, threshold);
    expect(judgement.outcome).toBe(outcome);
    if (value === null) expect(judgement.value).toBeNull();
    else expect(judgement.value).toBeCloseTo(value, 12);
  });

  it('negation turns a score round, but no answer stays none', async () => {
    expect(await judge([{ args: '0', negate: true }])).toMatchObject({ outcome: 'passed', value: 1 });
    expect(await judge([{ args: '1', negate: true }])).toMatchObject({ outcome: 'failed', value: 0 });
    expect(await judge([{ args: 'none', negate: true }])).toMatchObject({ outcome: 'no_answer', value: null });
  });

  it('names each score as it is typed', async () => {
    const { scores } = await judge([{ args: '0', negate: true, weight: 2 }]);
    expect(scores).toEqual([{ scorer: '2*not:fake:0', value: 1, passed: true, answer: '0', explanation: 'It is 0.' }]);
  });

  it('takes a scorer that could not judge for an error, neither a pass nor a fail', async () => {
    for (const negate of [false, true]) {
      expect(await judge([{ args: 'throw', negate }])).toMatchObject({
        outcome: 'error',
        scores: [
          { value: null, failure: 'scorer_failed', explanation: expect.stringMatching(/failed: undefined is not/) },
        ],
      });
      expect(await judge([{ args: '1' }, { args: 'unreadable', negate }])).toMatchObject({
        outcome: 'error',
        scores: [{ value: 1 }, { failure: 'judge_unreadable', explanation: 'The judge said "perhaps".' }],
      });
    }
  });

  it('counts a result that another scorer failed, where each must pass', async () => {
    expect(await judge([{ args: '0' }, { args: 'unreadable' }])).toMatchObject({ outcome: 'failed' });
    expect(await judge([{ args: 'none' }, { args: 'unreadable' }])).toMatchObject({ outcome: 'no_answer' });
    expect(await judge([{ args: '0' }, { args: 'unreadable' }], 0.5)).toMatchObject({ outcome: 'error' });
  });

  it('needs a scorer', async () => {
    expect(() => judge([])).toThrow(expect.objectContaining({ code: 'scorers_missing' }));
  });

  it('keeps the value within the scores, and passes only what found an answer', async () => {
    const spec = fc.record({
      args: fc.constantFrom('0', '0.25', '1', 'none', 'throw'),
      negate: fc.boolean(),
      weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    const thresholds = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 5 }), thresholds, async (specs, threshold) => {
        const { outcome, value, scores } = await judge(specs, threshold);
        if (value === null) expect(['no_answer', 'error']).toContain(outcome);
        else expect(value).toBeLessThanOrEqual(Math.max(...scores.map((score) => score.value ?? 0)) + 1e-9);
        if (outcome === 'passed' && threshold === null) expect(scores.every((score) => score.passed)).toBe(true);
        if (outcome === 'no_answer') expect(scores.some((score) => score.value === null)).toBe(true);
      }),
    );
  });
});
