import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scorersOfCase } from '../../server/domain/case-scorers.ts';
import { prepareScorers } from '../../server/domain/combine-scores.ts';
import { formatScorerSpec, parseScorerSpec } from '../../server/domain/scorer-spec.ts';
import { noTools } from '../../server/services/evaluate/scorer-tools.ts';
import { scored } from '../contracts/scorer-contract.ts';

const applied = (run: readonly string[], own: readonly string[]) =>
  scorersOfCase(run.map(parseScorerSpec), own).map(({ spec, goesBy, own: held }) => [
    goesBy,
    held === undefined ? null : formatScorerSpec(spec),
  ]);

describe('the scorers of a case', () => {
  it.each([
    [
      'none leave the run its own',
      ['label', 'refusal'],
      [],
      [
        ['label', null],
        ['refusal', null],
      ],
    ],
    [
      'one of a kind that the run has once takes its place',
      ['contains:a', 'label'],
      ['contains:b'],
      [
        ['contains:a', 'contains:b'],
        ['label', null],
      ],
    ],
    [
      'one of a kind that the run has twice takes none',
      ['contains:a', 'contains:c'],
      ['contains:b'],
      [
        ['contains:a', null],
        ['contains:c', null],
        ['case', 'contains:b'],
      ],
    ],
    [
      'a name decides, whatever the kind',
      ['tone=contains:a', 'contains:c'],
      ['tone=refusal'],
      [
        ['tone=contains:a', 'refusal'],
        ['contains:c', null],
      ],
    ],
    [
      'the weight stays',
      ['2*contains:a', 'label'],
      ['3*not:contains:b'],
      [
        ['2*contains:a', '2*not:contains:b'],
        ['label', null],
      ],
    ],
    [
      'several in one place must each pass',
      ['contains:a'],
      ['contains:b', 'not:contains:c'],
      [['contains:a', 'all-of:["contains:b","not:contains:c"]']],
    ],
    [
      'others count together',
      ['label'],
      ['contains:b', 'new=refusal'],
      [
        ['label', null],
        ['case', 'all-of:["contains:b","refusal"]'],
      ],
    ],
    ['or in place of the one that is called so', ['case=refusal'], ['contains:b'], [['case=refusal', 'contains:b']]],
  ] as const)('%s', (_, run, own, expected) => {
    expect(applied(run, own)).toEqual(expected);
  });

  it('keep every metric of the run, and add at most one', () => {
    const text = fc.constantFrom(
      'label',
      'contains:a',
      'contains:b',
      'tone=refusal',
      'case=exact',
      'tone=contains:x',
      'not:exact',
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.array(text, { maxLength: 5 }), (run, own) => {
        const names = applied(run, own).map(([goesBy]) => goesBy);
        expect(names.slice(0, run.length)).toEqual(run);
        expect(names.slice(run.length)).toEqual(names.length > run.length ? ['case'] : []);
      }),
    );
  });

  it('judge in place of the run’s, under its name', async () => {
    const judge = prepareScorers([parseScorerSpec('must=contains:refund')], noTools, null, [
      'must=contains:seven days',
    ]);
    const judged = await judge(scored('You have seven days.', null), new AbortController().signal);
    expect(judged).toMatchObject({
      outcome: 'passed',
      scores: [{ scorer: 'must=contains:refund', own: 'contains:seven days', passed: true }],
    });
  });
});
