import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regex } from '../../evals/scorers/regex.ts';
import { defaultScorers, formScorers, labelsFor } from '../../server/domain/default-scorers.ts';
import type { ResponseFormat } from '../../server/domain/prompt.ts';
import { formatScorerSpec } from '../../server/domain/scorer-spec.ts';
import { scored } from '../contracts/scorer-contract.ts';

const text: ResponseFormat = { type: 'text' };
const json: ResponseFormat = { type: 'json', schema: {} };
const labels: ResponseFormat = { type: 'labels', labels: ['spam', 'ham'] };
const counts = (counted: Readonly<Record<string, number>>) =>
  Object.entries(counted).map(([label, count]) => ({ label, count }));

it.each<[ResponseFormat, string[], string]>([
  [labels, [], 'label'],
  [text, ['a', 'b'], 'label'],
  [json, ['a', 'b'], 'label'],
  [json, [], 'json-equal'],
  [text, [], 'exact'],
])('defaultScorers(%j, %j) is %s', (format, expectedLabels, name) => {
  expect(defaultScorers(format, expectedLabels)).toEqual([{ name, args: '', negate: false, weight: 1 }]);
});

describe('labelsFor', () => {
  it('takes the labels of the response format first', () => {
    expect(labelsFor(labels, counts({ positive: 5, negative: 5 }))).toEqual(['spam', 'ham']);
  });

  it('else takes the distinct expected values of the set, in one order', () => {
    expect(labelsFor(text, counts({ positive: 5, negative: 5 }))).toEqual(['negative', 'positive']);
    const dev = counts({ positive: 5, negative: 5 });
    expect(labelsFor(json, [...dev, { label: 'negative', count: 2 }])).toEqual(['negative', 'positive']);
  });

  it.each([
    ['one value', counts({ positive: 9 })],
    ['as many values as half the cases', counts({ a: 2, b: 2 })],
    ['more than 50', counts(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`l${index}`, 9])))],
    ['a long one', counts({ a: 9, ['b'.repeat(41)]: 9 })],
    ['mostly texts', [...counts({ a: 3, b: 3 }), { label: null, count: 6 }]],
    ['nothing', []],
  ])('finds none in %s', (_, given) => {
    expect(labelsFor(text, given)).toEqual([]);
  });

  it('leaves out cases that expect nothing yet', () => {
    expect(labelsFor(text, [...counts({ a: 3, b: 3 }), { label: null, count: 5 }])).toEqual(['a', 'b']);
  });
});

describe('the first proposal for production', () => {
  const typed = (format: ResponseFormat) => formScorers(format).map(formatScorerSpec);

  it('follows from the form of the answers', () => {
    expect(typed(labels)).toEqual(['regex:^\\s*(?:spam|ham)\\s*$']);
    expect(typed({ type: 'json', schema: { type: 'object' } })).toEqual(['json-schema']);
    expect(typed(json)).toEqual(['json-valid']);
    expect(typed(text)).toEqual(['not:refusal']);
  });

  it('takes each label, whatever stands in it, and nothing else', () => {
    const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((one) => one.trim() === one);
    fc.assert(
      fc.property(fc.uniqueArray(label, { minLength: 1, maxLength: 5 }), label, (all, other) => {
        const [spec] = formScorers({ type: 'labels', labels: all });
        const score = regex.prepare(spec?.args ?? '');
        const passes = (output: string) => score(scored(output, null)).passed;
        for (const one of all) expect(passes(` ${one}\n`)).toBe(true);
        if (!all.includes(other)) expect(passes(other)).toBe(false);
      }),
    );
  });
});
