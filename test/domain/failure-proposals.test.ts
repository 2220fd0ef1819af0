import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FailureTraits, proposeGroups } from '../../server/domain/failure-proposals.ts';

const failure = (result: number, more: Partial<FailureTraits> = {}): FailureTraits => ({
  result,
  category: '',
  note: '',
  outcome: 'failed',
  finishReason: 'stop',
  expected: null,
  answer: null,
  explanation: '',
  ...more,
});

describe('proposeGroups', () => {
  it('goes by notes first, then by the answer, then by what the scorers said', () => {
    const { groups, alone } = proposeGroups([
      failure(1, { note: 'wrong date format' }),
      failure(2, { note: 'date format again', outcome: 'no_answer' }),
      failure(3, { outcome: 'no_answer' }),
      failure(4, { outcome: 'no_answer', note: 'silence' }),
      failure(5, { expected: 'a', answer: 'b' }),
      failure(6, { expected: 'a', answer: 'b' }),
      failure(7, { expected: 'a', answer: 'b' }),
      failure(8, { expected: 'b', answer: 'a' }),
      failure(9, { outcome: 'no_answer', finishReason: 'length' }),
      failure(10, { finishReason: 'length' }),
      failure(11, { explanation: 'The refund is not allowed by the policy.' }),
      failure(12, { explanation: 'Promises a refund.' }),
    ]);
    expect(groups).toEqual([
      { reason: { type: 'confusion', expected: 'a', answer: 'b' }, category: null, results: [5, 6, 7] },
      { reason: { type: 'words', words: 'date · format' }, category: null, results: [1, 2] },
      { reason: { type: 'no_answer' }, category: null, results: [3, 4] },
      { reason: { type: 'cut_off' }, category: null, results: [9, 10] },
      { reason: { type: 'words', words: 'refund' }, category: null, results: [11, 12] },
    ]);
    expect(alone).toEqual([8]);
  });

  it('names the category that people use for the kind already, and proposes no sorted failure', () => {
    const sorted = { note: 'wrong date format', category: 'dates' };
    expect(
      proposeGroups([
        failure(1, sorted),
        failure(2, { note: 'date format is wrong' }),
        failure(3, { category: 'tone', outcome: 'no_answer' }),
        failure(4, { category: 'tone', outcome: 'no_answer' }),
      ]),
    ).toEqual({
      groups: [{ reason: { type: 'words', words: 'date · format · wrong' }, category: 'dates', results: [2] }],
      alone: [],
    });
  });

  it('puts every unsorted failure in one place, whatever the order', () => {
    const some = fc.record({
      category: fc.constantFrom('', '', 'dates'),
      note: fc.constantFrom('', 'wrong date', 'the date', '语气不对', '语气冷淡'),
      outcome: fc.constantFrom('failed' as const, 'no_answer' as const),
      finishReason: fc.constantFrom('stop' as const, 'length' as const, null),
      expected: fc.constantFrom(null, 'a', 'b'),
      answer: fc.constantFrom(null, 'a', 'b'),
      explanation: fc.constantFrom('', 'refund promised', 'promises a refund'),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), fc.integer(), (all, turn) => {
        const failures = all.map((one, result) => ({ ...one, result }));
        const { groups, alone } = proposeGroups(failures);
        const open = failures.filter(({ category }) => category === '').map(({ result }) => result);
        const placed = [...groups.flatMap(({ results }) => results), ...alone];
        expect(placed.sort((a, b) => a - b)).toEqual(open);
        const at = failures.length === 0 ? 0 : Math.abs(turn) % failures.length;
        const turned = [...failures.slice(at), ...failures.slice(0, at)].reverse();
        expect(proposeGroups(turned)).toEqual({ groups, alone });
      }),
    );
  });
});
