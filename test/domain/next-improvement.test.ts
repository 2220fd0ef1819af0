import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FailureSign, type ImprovementFacts, nextImprovement } from '../../server/domain/next-improvement.ts';

const sign = (more: Partial<FailureSign> = {}): FailureSign => ({
  outcome: 'failed',
  finishReason: 'stop',
  expected: null,
  answer: null,
  failedBy: ['exact'],
  language: 'latin',
  inputTokens: 100,
  ...more,
});
const signs = (count: number, more: Partial<FailureSign> = {}) => Array.from({ length: count }, () => sign(more));
const facts = (more: Partial<ImprovementFacts> = {}): ImprovementFacts => ({
  categories: [{ category: 'dates', cases: 12 }],
  unsorted: 0,
  n: 50,
  signs: signs(12),
  languages: [{ language: 'latin', judged: 50, failed: 12 }],
  passedInputTokens: 100,
  prompt: { format: 'text', examples: 0, maxTokens: null },
  errors: [],
  total: 50,
  ...more,
});
const stepsOf = (more: Partial<ImprovementFacts>) => nextImprovement(facts(more))?.steps.map(({ code }) => code);
const doubtsOf = (more: Partial<ImprovementFacts>) => nextImprovement(facts(more))?.doubts;

describe('nextImprovement', () => {
  it('speaks of the largest category with its share and interval, and of nothing where nothing failed', () => {
    expect(nextImprovement(facts())).toMatchObject({ category: 'dates', cases: 12, n: 50, doubts: [] });
    expect(nextImprovement(facts())?.interval[0]).toBeCloseTo(0.142974, 6);
    expect(nextImprovement(facts({ unsorted: 3 }))?.interval[0]).toBeCloseTo(0.142974, 6);
    expect(nextImprovement(facts({ unsorted: 3 }))?.interval[1]).toBeCloseTo(0.437504, 6);
    expect(nextImprovement(facts({ categories: [], unsorted: 0, signs: [] }))).toBeNull();
  });

  it.each<[string, Partial<ImprovementFacts>, string[]]>([
    ['no answer from free text', { signs: signs(4, { outcome: 'no_answer' }) }, ['no_answer_free']],
    [
      'no answer though the form is bound',
      {
        signs: signs(4, { outcome: 'no_answer' }),
        prompt: { format: 'labels', examples: 0, maxTokens: null },
      },
      ['no_answer_bound'],
    ],
    ['answers that were cut off', { signs: signs(4, { outcome: 'no_answer', finishReason: 'length' }) }, ['cut_off']],
    [
      'cut off by the prompt itself',
      { signs: signs(4, { finishReason: 'length' }), prompt: { format: 'text', examples: 0, maxTokens: 64 } },
      ['cut_off_by_prompt'],
    ],
    ['JSON that is none', { signs: signs(4, { failedBy: ['json-valid'] }) }, ['bad_json_free']],
    [
      'JSON that breaks its schema',
      { signs: signs(4, { failedBy: ['json-schema'] }), prompt: { format: 'json', examples: 0, maxTokens: null } },
      ['bad_json_bound'],
    ],
    ['one label for another', { signs: signs(4, { expected: 'a', answer: 'b' }) }, ['confusion_examples']],
    [
      'one label for another in spite of examples',
      {
        signs: signs(4, { expected: 'a', answer: 'b' }),
        prompt: { format: 'text', examples: 3, maxTokens: null },
      },
      ['confusion_border'],
    ],
    ['what no passage says', { signs: signs(4, { failedBy: ['faithfulness'] }) }, ['not_grounded']],
    ['the wrong passages', { signs: signs(4, { failedBy: ['context-recall'] }) }, ['retrieval']],
    ['the wrong tool', { signs: signs(4, { failedBy: ['tool-call'] }) }, ['tool_call']],
    ['answers over a limit', { signs: signs(4, { failedBy: ['word-count'] }) }, ['limits']],
    ['inputs that are long', { signs: signs(6, { inputTokens: 400 }) }, ['long_inputs']],
    ['too few long inputs', { signs: signs(5, { inputTokens: 400 }) }, ['add_examples']],
    ['nothing that joins them', { signs: signs(4) }, ['add_examples']],
    [
      'nothing, in spite of examples',
      { signs: signs(4), prompt: { format: 'text', examples: 2, maxTokens: null } },
      ['write_rule'],
    ],
    [
      'a language that fails more often',
      {
        signs: signs(8, { language: 'zh' }),
        languages: [
          { language: 'zh', judged: 20, failed: 14 },
          { language: 'latin', judged: 60, failed: 4 },
          { language: 'other', judged: 0, failed: 0 },
        ],
      },
      ['zh_inputs'],
    ],
    [
      'a language that may fail as often',
      {
        signs: signs(8, { language: 'zh' }),
        languages: [
          { language: 'zh', judged: 20, failed: 6 },
          { language: 'latin', judged: 60, failed: 12 },
        ],
      },
      ['add_examples'],
    ],
  ])('advises on %s', (_, given, codes) => {
    expect(stepsOf(given)).toEqual(codes);
  });

  it('says what most of them show, the commonest sign first', () => {
    const given = {
      signs: [
        ...signs(6, { failedBy: ['json-valid', 'faithfulness'] }),
        ...signs(4, { failedBy: ['faithfulness'] }),
        ...signs(1),
      ],
    };
    expect(nextImprovement(facts(given))?.steps).toEqual([
      { code: 'not_grounded', values: { count: 10, of: 11 } },
      { code: 'bad_json_free', values: { count: 6, of: 11 } },
    ]);
  });

  it('says what keeps one from being sure', () => {
    const two = (first: number, second: number) => [
      { category: 'dates', cases: first },
      { category: 'tone', cases: second },
    ];
    expect(doubtsOf({ categories: two(12, 2) })).toEqual([]);
    expect(doubtsOf({ categories: two(12, 9) })).toEqual([
      { code: 'may_not_be_largest', values: { first: 12, second: 9, other: 'tone' } },
    ]);
    expect(doubtsOf({ categories: two(12, 2), unsorted: 10 })).toEqual([]);
    expect(doubtsOf({ categories: two(12, 2), unsorted: 11 })).toEqual([
      { code: 'much_unsorted', values: { unsorted: 11 } },
    ]);
    expect(doubtsOf({ categories: [], unsorted: 12 })).toEqual([{ code: 'nothing_sorted', values: { unsorted: 12 } }]);
    expect(doubtsOf({ categories: [{ category: 'dates', cases: 5 }] })).toEqual([
      { code: 'not_enough_cases', values: { cases: 5, fewest: 6 } },
    ]);
    expect(doubtsOf({ errors: [{ code: 'timeout', count: 1 }] })).toEqual([]);
    expect(
      doubtsOf({
        errors: [
          { code: 'timeout', count: 2 },
          { code: 'rate_limited', count: 1 },
        ],
      }),
    ).toEqual([{ code: 'many_errors', values: { errors: 3, total: 50, reason: 'timeout' } }]);
  });

  it('does not depend on the order of the failures', () => {
    const some = fc.record({
      outcome: fc.constantFrom('failed' as const, 'no_answer' as const),
      finishReason: fc.constantFrom('stop' as const, 'length' as const),
      expected: fc.constantFrom(null, 'a', 'b'),
      answer: fc.constantFrom(null, 'a', 'b'),
      failedBy: fc.subarray(['json-valid', 'faithfulness', 'tool-call']),
      language: fc.constantFrom('zh' as const, 'latin' as const),
      inputTokens: fc.nat(400),
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 20 }), (all) => {
        expect(nextImprovement(facts({ signs: all.toReversed() }))).toEqual(nextImprovement(facts({ signs: all })));
      }),
    );
  });
});
